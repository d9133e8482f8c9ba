import { runAdminLink } from './auth/adminLinkCommand.js';

const { text, exitCode } = await runAdminLink(process.argv.slice(2), process.env);
console.log(text);
process.exitCode = exitCode;
