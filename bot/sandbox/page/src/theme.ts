/** Light or dark: the system's choice until the person makes one here. */
import type { Theme } from './model.ts';

const KEY = 'nudge-sandbox-theme';

/** The theme to begin with. */
export function initialTheme(): Theme {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Follows the system as long as nothing was chosen here. */
export function onSystemTheme(change: (theme: Theme) => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
    if (localStorage.getItem(KEY) === null) change(matches ? 'dark' : 'light');
  });
}

export function rememberTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
}

export function showTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}
