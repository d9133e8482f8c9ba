import { useEffect, useState } from 'react';
import { client } from '../../graphql/client.ts';
import { sentenceOf } from '../../graphql/errors.ts';
import { type MappingPreview, previewMappingQuery } from '../integrationsQueries.ts';
import { type Draft, mappingOf } from './mappedFields.ts';

/** Typing goes on for a moment before the server is asked. */
const restMs = 250;

interface Preview {
  readonly preview: MappingPreview | null;
  /** Why there is none. */
  readonly problem: string | null;
}

const none: Preview = { preview: null, problem: null };

/** What the mapping makes of the body. The last answer stays until the next one has come. */
export function usePreview(integrationId: string, draft: Draft, body: string): Preview {
  const [answer, setAnswer] = useState<Preview>(none);
  const mapping = JSON.stringify(mappingOf(draft));
  const isEmpty = body.trim() === '';
  useEffect(() => {
    if (isEmpty) return;
    let isCurrent = true;
    const ask = async () => {
      const variables = { integrationId, mapping: mappingOf(draft), body };
      const { data, error } = await client
        .query(previewMappingQuery, variables, { requestPolicy: 'network-only' })
        .toPromise();
      if (isCurrent) setAnswer({ preview: data?.previewMapping ?? null, problem: error ? sentenceOf(error) : null });
    };
    const timer = setTimeout(() => void ask(), restMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `mapping` stands for `draft`
  }, [integrationId, mapping, body, isEmpty]);
  return isEmpty ? none : answer;
}
