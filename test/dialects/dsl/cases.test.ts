import { runDsl } from '../../../src/dialects/dsl/index.js';
import { testCases } from '../event-cases.js';

testCases(new URL('.', import.meta.url), runDsl, Date.parse('2024-02-09T11:00:01Z'));
