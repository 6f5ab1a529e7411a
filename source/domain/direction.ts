/** The way of a two-way set-up that is not the one there: from the destination to the source. */
export type Direction = 'back';
