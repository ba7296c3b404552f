import { startClaimingWorker } from './engine.ts';
import { describeEngine } from './contract.ts';

describeEngine('postgres', startClaimingWorker);
