/** Files below `workflows/`, by what they are for. */
export const SYNC = 'sync-personio-to-learnupon.json';
export const SYNC_360 = 'sync-personio-to-360learning.json';
export const OFFBOARD = 'offboard-personio-leavers-in-learnupon.json';
export const APPROVAL = 'sync-personio-to-learnupon-with-approval.json';
export const APPROVAL_360 = 'sync-personio-to-360learning-with-approval.json';
export const EXPLAIN = 'explain-one-person-in-learnupon.json';
export const EXPLAIN_360 = 'explain-one-person-in-360learning.json';
export const UNDO = 'undo-a-run-in-learnupon.json';
export const UNDO_360 = 'undo-a-run-in-360learning.json';
export const TELL = 'tell-people-about-failed-runs.json';
