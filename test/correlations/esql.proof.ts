import { testVectors } from './languages.js';

testVectors('esql');
