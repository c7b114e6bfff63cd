export { answerQuestions } from './answer-questions.js';
export type { ClientThen, Portfolio } from './portfolio.js';
export * from './portfolio-questions.js';
