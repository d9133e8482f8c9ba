import { fetchFromSns, isSnsUrl, type Fetch } from './snsFetch.js';

/**
 * Confirms a subscription by visiting its SubscribeURL, once: SNS takes any further visit as the same.
 * @throws Error where the URL is not one of SNS that confirms, or the visit fails; SNS sends the request again
 */
export async function confirmSubscription(url: string, fetch: Fetch): Promise<void> {
  // Every operation of SNS has such a URL; only this one may be called without credentials of ours or of AWS.
  if (!isSnsUrl(url) || new URL(url).searchParams.get('Action') !== 'ConfirmSubscription') {
    throw new Error('the SubscribeURL does not confirm a subscription at Amazon SNS');
  }
  await fetchFromSns(url, fetch);
}
