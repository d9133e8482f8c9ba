import { runConfigurationCommand } from './configurationCommand.js';

const { text, exitCode } = await runConfigurationCommand(process.argv.slice(2), process.env);
console.log(text);
process.exitCode = exitCode;
