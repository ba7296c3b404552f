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
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { readLaunch, settleIn } from './telegram/telegram.ts';
import { loadTexts } from './texts/texts.ts';

settleIn();
const launch = readLaunch();
const [say] = await Promise.all([
  loadTexts(launch.language),
  // Every date on the page is reckoned with Temporal, so it must be there before the first one.
  'Temporal' in globalThis ? null : import('temporal-polyfill/global'),
]);
const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no element #root.');
createRoot(root).render(<App launch={launch} say={say} />);
