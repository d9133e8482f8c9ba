import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { RouterProvider } from '@tanstack/react-router';
import { Provider } from 'urql';
import { client } from '../graphql/client.ts';
import { router } from '../router/router.ts';
import '../theme/mantine.css';
import '../theme/base.css';
import '../theme/touch.css';
import { cssVariables, theme } from '../theme/theme.ts';

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} />
      <Provider value={client}>
        <RouterProvider router={router} />
      </Provider>
    </MantineProvider>
  );
}
