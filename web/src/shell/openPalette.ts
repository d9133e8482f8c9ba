import { spotlight } from '@mantine/spotlight';

/** Opened before it has come, the palette shows as soon as it is there. */
export const openPalette = (): void => spotlight.open();
