import { ChannelsResolver } from './channels.js';
import { ContactsResolver } from './contacts.js';
import { DeliveriesResolver, IncidentNotificationsResolver, NotificationFieldsResolver } from './deliveries.js';
import { NotificationSettingsResolver } from './settings.js';
import { TemplatesResolver } from './templates.js';

export const notifyResolvers = [
  ChannelsResolver,
  ContactsResolver,
  NotificationSettingsResolver,
  DeliveriesResolver,
  IncidentNotificationsResolver,
  NotificationFieldsResolver,
  TemplatesResolver,
] as const;
