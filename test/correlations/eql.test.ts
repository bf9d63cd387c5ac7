import { testVectors } from './languages.js';

testVectors('eql');
