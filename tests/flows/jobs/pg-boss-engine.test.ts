import { describeEngine } from './contract.ts';
import { startPgBossWorker } from './engine.ts';

describeEngine('pg-boss', startPgBossWorker);
