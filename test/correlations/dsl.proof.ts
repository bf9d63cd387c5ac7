import { testVectors } from './languages.js';

testVectors('dsl');
