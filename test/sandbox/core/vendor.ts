import type { CallKind, Inbound, Reply } from './http';
import type { DeedName } from './misdeeds';

/** What the HTTP shell and the misbehaviours need to know about a vendor. */
export interface Vendor {
	readonly name: string;
	readonly deeds: ReadonlySet<DeedName>;
	kindOf(method: string, path: string): CallKind;
	answer(request: Inbound): Reply;
	/** An error body as this vendor writes it, for a server that reports errors with HTTP 200. */
	errorBody(request: Inbound): unknown;
	/** 1 for the first page of a list; 1 for everything that is no list. */
	pageOf(request: Inbound): number;
	/** Lets a record appear so that the rows behind it move. */
	shiftRows?(): void;
}
