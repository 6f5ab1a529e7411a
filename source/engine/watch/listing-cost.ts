/** What a listing costs this program: most of it is reading XML. Measured with Node 20 on one core of 2026. */
const costPerPageMs = 3;
const costPerVersionMs = 0.08;
/** Listing takes less than a tenth of a core. */
const sharePart = 10;

/** How much was listed. */
export type Listed = {readonly pages: number; readonly versions: number};

/** How long to do nothing after a listing, in milliseconds, so that listings take less than a tenth of a core. */
export function restAfterListingMs({pages, versions}: Listed): number {
	return (pages * costPerPageMs + versions * costPerVersionMs) * (sharePart - 1);
}
