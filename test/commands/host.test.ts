import {expect, it} from 'vitest';
import {canDraw, type Host} from '../../source/commands/host/host.js';

const terminal = {stdin: {isTTY: true}, stdout: {isTTY: true}};
const pipe = {stdin: {isTTY: true}, stdout: {}};

it.each([
	['on a terminal', true, terminal, {TERM: 'xterm'}, {}],
	['not into a pipe', false, pipe, {TERM: 'xterm'}, {}],
	['not on a dumb terminal', false, terminal, {TERM: 'dumb'}, {}],
	['not with --accessible', false, terminal, {}, {accessible: true}],
	['not with ACCESSIBLE=1', false, terminal, {ACCESSIBLE: '1'}, {}],
	['not with INK_SCREEN_READER=true', false, terminal, {INK_SCREEN_READER: 'true'}, {}],
	['with ACCESSIBLE=0', true, terminal, {ACCESSIBLE: '0'}, {}],
	['with an empty ACCESSIBLE', true, terminal, {ACCESSIBLE: ''}, {}],
])('a screen is drawn %s', (_where, isDrawn, streams, environment, values) => {
	expect(canDraw({...streams, environment} as unknown as Host, values)).toBe(isDrawn);
});
