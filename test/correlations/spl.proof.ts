import { testVectors } from './languages.js';

testVectors('spl');
