import './session/early-sign-in.ts';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import './ui/styles/shell.css';
import './ui/styles/list.css';
import './ui/styles/card.css';
import './ui/styles/sheet.css';
import './ui/styles/toast.css';
import './ui/styles/form.css';
import './ui/styles/message.css';
import './ui/styles/skeleton.css';
import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { readFirstSight } from './app/first-sight.ts';
import { createQueryClient } from './app/query-client.ts';
import { readLaunch, settleIn } from './telegram/telegram.ts';
import { loadTexts } from './texts/texts.ts';

settleIn();
const launch = readLaunch();
const client = createQueryClient();
const words = loadTexts(launch.language);
// Every date on the page is reckoned with Temporal, so it must be there before the first one.
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
const [say] = await Promise.all([words, readFirstSight(client, launch)]);
const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no element #root.');
const app = createRoot(root);
// A transition waits the blink that a piece already loaded takes, instead of drawing the page without it first.
startTransition(() => {
  app.render(<App client={client} launch={launch} say={say} />);
});
