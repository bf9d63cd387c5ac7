#!/usr/bin/env node
import { diagnostic } from '../diagnostics/index.js';
import { hostReason } from '../node/index.js';
import { main } from './main.js';
import { report } from './report.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no error.
  if (error.code === 'EPIPE') process.exit(0);
  const words = { path: 'standard output', reason: hostReason(error) ?? error.message };
  process.exit(report([diagnostic('cli/cannot-write', undefined, words)]));
});

process.exitCode = await main(process.argv.slice(2));
