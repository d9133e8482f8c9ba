import { rebuildCommand, runKpiCommand } from './kpi/kpiCommand.js';

const { text, exitCode } = await runKpiCommand(rebuildCommand, process.env);
console.log(text);
process.exitCode = exitCode;
