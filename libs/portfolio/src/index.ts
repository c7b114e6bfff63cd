export { answerQuestions } from './answer-questions.js';
export { archivePortfolio } from './archive-portfolio.js';
export type { ClientThen, Portfolio } from './portfolio.js';
export * from './portfolio-questions.js';
export { PortfolioNotReady, startPortfolioReader, type PortfolioReader } from './portfolio-reader.js';
