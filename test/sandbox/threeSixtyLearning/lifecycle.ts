import type { ThreeSixtyLearningOptions } from './options';
import type { ThreeSixtyLearningState } from './state';
import type { Mail, User } from './types';

const HOUR = 3_600_000;

/** invited, active, deleted, and back. */
export class Lifecycle {
	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly options: ThreeSixtyLearningOptions,
	) {}

	/** The record stays, and so do names, custom values and external ids. */
	remove(user: User): void {
		if (user.status === 'deleted') return;
		user.status = 'deleted';
		user.deletedAt.push(this.state.stamp());
		delete user.primaryGroupId;
		this.state.memberships.retain(user._id, () => false);
		if (!this.options.restoreKeepsManagers) this.forgetManagers(user._id);
	}

	/** What had to go went when the user was deleted, save the date of that. */
	restore(user: User): void {
		user.status = 'invited';
		delete user.toBeDeactivatedAt;
	}

	activate(user: User): void {
		if (user.status !== 'invited') return;
		user.status = 'active';
		if (user.deletedAt.length > 0) user.reactivatedAt.push(this.state.stamp());
	}

	accept(user: User): User {
		if (user.status !== 'invited') throw new Error(`${user.mail ?? user._id} has no open invitation`);
		this.activate(user);
		user.lastLoginDate = this.state.stamp();
		return user;
	}

	mail(user: User, kind: Mail['kind']): void {
		if (user.mail !== undefined) this.state.mails.push({ to: user.mail, kind, at: this.state.stamp() });
	}

	/** The sandbox has no midnight of its own: accounts end when somebody looks. */
	settle(): void {
		const now = this.state.stamp();
		for (const user of this.state.users.values()) {
			if (user.toBeDeactivatedAt === undefined || user.status === 'deleted') continue;
			if (this.end(user.toBeDeactivatedAt) <= now && !this.state.isOwner(user)) this.remove(user);
		}
	}

	private end(date: string): string {
		if (this.options.deactivation === 'instant') return date;
		const shift = this.options.deactivationZoneHours * HOUR;
		const day = new Date(new Date(date).getTime() + shift).setUTCHours(0, 0, 0, 0);
		return new Date(day - shift).toISOString();
	}

	private forgetManagers(id: string): void {
		const { managers } = this.state;
		managers.delete(id);
		for (const [userId, ids] of managers) {
			if (ids.includes(id))
				managers.set(
					userId,
					ids.filter((other) => other !== id),
				);
		}
	}
}
