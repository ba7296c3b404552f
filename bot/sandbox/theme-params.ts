/**
 * Telegram's colours for the mini-app in the sandbox's phone, light and dark: the usual ones of its iOS client.
 * Used by the server (launch parameters) and by the page (a theme switched while the mini-app is open).
 */
const LIGHT = {
  bg_color: '#ffffff',
  secondary_bg_color: '#efeff4',
  section_bg_color: '#ffffff',
  header_bg_color: '#efeff4',
  bottom_bar_bg_color: '#efeff4',
  section_separator_color: '#c8c7cc',
  text_color: '#000000',
  hint_color: '#8e8e93',
  subtitle_text_color: '#8e8e93',
  section_header_text_color: '#6d6d72',
  link_color: '#007aff',
  accent_text_color: '#007aff',
  button_color: '#007aff',
  button_text_color: '#ffffff',
  destructive_text_color: '#ff3b30',
} as const;

const DARK: Record<keyof typeof LIGHT, string> = {
  bg_color: '#000000',
  secondary_bg_color: '#1c1c1d',
  section_bg_color: '#2c2c2e',
  header_bg_color: '#1c1c1d',
  bottom_bar_bg_color: '#1c1c1d',
  section_separator_color: '#545458',
  text_color: '#ffffff',
  hint_color: '#98989e',
  subtitle_text_color: '#98989e',
  section_header_text_color: '#8d8e93',
  link_color: '#3e88f7',
  accent_text_color: '#3e88f7',
  button_color: '#3e88f7',
  button_text_color: '#ffffff',
  destructive_text_color: '#eb5545',
};

/** `#rrggbb` values under Telegram's names for them. */
export type ThemeParams = Record<keyof typeof LIGHT, string>;

export const THEME_PARAMS: Record<'light' | 'dark', ThemeParams> = { light: LIGHT, dark: DARK };
