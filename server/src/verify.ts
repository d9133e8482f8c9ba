import { runKpiCommand, verifyCommand } from './kpi/kpiCommand.js';

const { text, exitCode } = await runKpiCommand(verifyCommand, process.env);
console.log(text);
process.exitCode = exitCode;
