import {pricesDate} from '../prices.js';

/** How many requests of each price were made. */
type RequestCounts = {readonly put: number; readonly list: number; readonly head: number};

/**
 * What requests cost, in US dollars: S3 Standard in us-east-1, per 1,000 of them. Other regions differ by some tens of percent.
 * Source: Amazon S3 pricing, "Requests & data retrievals".
 */
const pricePer1000Usd: RequestCounts = {put: 0.005, list: 0.005, head: 0.0004};

/** Of where the prices are, and when they were looked up. */
export const pricesOf = `us-east-1, ${pricesDate}`;

/** The approximate price of requests, in US dollars. */
export function requestPriceUsd({put, list, head}: RequestCounts): number {
	return (put * pricePer1000Usd.put + list * pricePer1000Usd.list + head * pricePer1000Usd.head) / 1000;
}
