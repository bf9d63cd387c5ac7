import { runEql } from '../../../src/dialects/eql/index.js';
import { testCases } from '../event-cases.js';

testCases(new URL('.', import.meta.url), runEql, 0);
