import { runVerifyAudit } from './auth/verifyAuditCommand.js';

const { text, exitCode } = await runVerifyAudit(process.argv.slice(2), process.env);
console.log(text);
process.exitCode = exitCode;
