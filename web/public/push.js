// The service worker of web push: shows what arrives and opens what is clicked. It caches nothing.
self.addEventListener('push', (event) => {
  const { title = 'Tocsin', body = '', url = '/', tag, isRepeat = false } = event.data?.json() ?? {};
  // One tag for all attempts of a message: a repetition takes the place of what is shown.
  event.waitUntil(self.registration.showNotification(title, { body, tag, renotify: !isRepeat, data: { url } }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data?.url ?? '/'));
});
