import { harmless } from './harmless.js';

it('takes out what would steer a terminal', () => {
  expect(harmless('id \u001b[31mred\u001b[0m\u0007 and\na second line')).toBe('id red and a second line');
});
