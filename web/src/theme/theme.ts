import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The green a bronze bell takes on: the one accent. White on it has contrast 6.4 at shade 7 and 4.7 at shade 6. */
const verdigris: MantineColorsTuple = [
  '#e6f6f3',
  '#cdebe5',
  '#9fd9ce',
  '#6cc4b5',
  '#43b09f',
  '#27998a',
  '#158274',
  '#0b6b60',
  '#08544b',
  '#053c36',
];

const gray: MantineColorsTuple = [
  '#f7f8f8',
  '#f0f2f2',
  '#e4e7e8',
  '#d5d9db',
  '#bcc2c5',
  '#8b949a',
  '#5f686e',
  '#475056',
  '#2f363b',
  '#1b2024',
];

const dark: MantineColorsTuple = [
  '#e6e8ea',
  '#c3c8cc',
  '#9aa2a9',
  '#7b848c',
  '#343b41',
  '#2a3035',
  '#1d2226',
  '#111417',
  '#0c0f11',
  '#080a0c',
];

const red: MantineColorsTuple = [
  '#fdecec',
  '#f9d2d3',
  '#f2a6a9',
  '#ec7c81',
  '#e65a60',
  '#d63a42',
  '#c42731',
  '#ab1822',
  '#8a111a',
  '#650a11',
];

export const theme = createTheme({
  primaryColor: 'verdigris',
  primaryShade: { light: 7, dark: 6 },
  colors: { verdigris, gray, dark, red },
  black: '#1b2024',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' } } },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
});

/** Mantine's own "dimmed" text fails AA on tinted rows; these pass on every surface of ours. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f7f8f8',
    '--mantine-color-dimmed': '#566068',
    '--mantine-color-placeholder': '#6b747a',
    '--mantine-color-error': '#ab1822',
    '--mantine-color-anchor': '#0b6b60',
  },
  dark: {
    '--mantine-color-body': '#111417',
    '--mantine-color-dimmed': '#9aa2a9',
    '--mantine-color-placeholder': '#858e96',
    '--mantine-color-error': '#ff8a8a',
    '--mantine-color-anchor': '#6cc4b5',
  },
});
