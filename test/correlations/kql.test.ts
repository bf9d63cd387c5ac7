import { testVectors } from './languages.js';

testVectors('kql');
