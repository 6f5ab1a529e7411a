import {type PolicyDocument} from './document.js';
import {type RequestContext} from './request-context.js';

/** What matching needs beside the statement itself. */
export type MatchScope = {readonly context: RequestContext; readonly hasVariables: boolean};

/** Policy variables exist since version 2012-10-17; before, and without a Version, `${` is plain text. */
export function scopeOf(document: PolicyDocument, context: RequestContext): MatchScope {
	return {context, hasVariables: document.Version === '2012-10-17'};
}
