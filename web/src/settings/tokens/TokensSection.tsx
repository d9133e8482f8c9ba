import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { Ago, Until } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { NewTokenDialog } from './NewTokenDialog.tsx';
import { scopeWords } from './scopes.ts';
import { revokeApiToken, type TokenRow, tokensQuery } from './tokenQueries.ts';
import './tokens.css';

function TokenItem({ token, onChanged }: { readonly token: TokenRow; readonly onChanged: () => void }) {
  const { act, isActing } = useAct();
  const revoke = async () => {
    if (await act(revokeApiToken, { id: token.id }, `${token.name} is revoked`)) onChanged();
  };
  return (
    <li className="settings-row token-row" data-testid="token-row">
      <div className="settings-row-main">
        <strong>
          {token.name} <span className="muted mono">…{token.hint}</span>
        </strong>
        <span className="muted">
          {token.scopes.map((scope) => scopeWords[scope]).join(', ')}
          {token.teams && ` · only ${token.teams.join(', ')}`}
        </span>
      </div>
      <div className="token-times muted">
        <span>
          ends <Until at={token.expiresAt} />
        </span>
        <span>
          {token.lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              used <Ago at={token.lastUsedAt} />
              {token.lastUsedAddress !== null && ` from ${token.lastUsedAddress}`}
            </>
          )}
        </span>
      </div>
      <Button
        size="xs"
        variant="default"
        disabled={isActing}
        aria-label={`Revoke ${token.name}`}
        onClick={() => void revoke()}
      >
        Revoke
      </Button>
    </li>
  );
}

/** The viewer's own tokens, for programs that act for them. */
export function TokensSection() {
  const [isCreating, setCreating] = useState(false);
  const { data, error, isFirstLoad, refetch } = useLiveQuery({ query: tokensQuery, variables: {} });
  const tokens = data?.apiTokens;
  return (
    <>
      <header className="settings-head">
        <p className="settings-intro">
          For programs that ask the API in your name. A token may what it was made for, and never more than you may.
        </p>
        <Button onClick={() => setCreating(true)}>New token</Button>
      </header>
      {isFirstLoad && <SkeletonRows rows={3} />}
      {!tokens && error && <Failed error={error} onRetry={refetch} />}
      {tokens?.length === 0 && <NothingYet title="No tokens yet">Nothing acts in your name but you.</NothingYet>}
      {tokens && tokens.length > 0 && (
        <ul className="settings-rows panel" aria-label="API tokens">
          {tokens.map((token) => (
            <TokenItem key={token.id} token={token} onChanged={refetch} />
          ))}
        </ul>
      )}
      <NewTokenDialog isOpen={isCreating} onClose={() => setCreating(false)} onCreated={refetch} />
    </>
  );
}
