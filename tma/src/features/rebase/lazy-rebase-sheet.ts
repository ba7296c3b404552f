import { piece } from '../../ui/piece.ts';

/** The sheet as a piece of its own: for pages and sheets from which few moves go as far as that. */
export const RebaseSheet = piece(async () => ({
  default: (await import('./rebase-sheet.tsx')).RebaseSheet,
}));
