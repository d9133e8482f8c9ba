import { updateSdl } from './sdl.js';

console.log((await updateSdl()) ? 'schema/schema.graphql was updated.' : 'schema/schema.graphql is current.');
