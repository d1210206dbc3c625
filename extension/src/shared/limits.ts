/** Every limit of the extension, in one place. Those of the wire are the contract's (`manifest/`). */

const KIB = 1024;
const MIB = 1024 * KIB;

/** One batch, as UTF-8: Firefox writes to a native host in quadratic time. */
export const BATCH_BYTES = 256 * KIB;
export const BATCH_EVENTS = 1000;

/** What surrounds the events of a batch: type, seq and the counts of what was lost. */
export const BATCH_OVERHEAD_BYTES = 1 * KIB;

/** How much, and for how long, the outbox keeps recording while the host is away. */
export const OUTBOX_BYTES = 2 * MIB;
export const AWAY_MS = 60_000;

/** Reconnecting to the host: the first delay, and the one it doubles up to. */
export const RECONNECT_FIRST_MS = 100;
export const RECONNECT_LAST_MS = 30_000;

/** A host that lasted this long was well; when it is lost, coming back begins with the first delay. */
export const STEADY_MS = 1000;

/** A host that was started but says nothing for this long is given up, and started again. */
export const HANDSHAKE_MS = 10_000;

/** Chromium ends a worker after 30 s without a call to the browser; a waiting worker calls more often. */
export const WAKEFUL_MS = 20_000;

/** A lifeline that breaks sooner than this is not held again at once. */
export const LIFELINE_PAUSE_MS = 1000;
/** Events of a page that does not go away wait so long for others to leave with: each message costs the page its time. */
export const TOGETHER_MS = 100;
/** In a page that begins, our script asks whether to record it sooner than this, or is not in it. */
export const BEGINS_MS = 1000;
/** A page that is left has so long to say its last before the next one in its tab is heard. */
export const GOES_MS = 2000;
/** A page that is asked for what waits there is given so long. */
export const ASKED_MS = 200;
/** An update of the extension takes the place of the old one when nobody has done anything for so long. */
export const STILL_MS = 3000;
/** What was told so shortly before a lifeline broke may not have arrived. */
export const LATELY_MS = 2000;

/** Texts of a target. */
export const NAME_CHARS = 200;
export const ROLE_CHARS = 40;
export const TAG_CHARS = 60;
export const TYPE_CHARS = 20;
export const SELECTOR_CHARS = 400;
export const SELECTORS = 8;
export const TITLE_CHARS = 200;
export const STATUS_CHARS = 200;
export const BELONGINGS = 4;
export const FRAME_DEPTH = 16;
export const CHANGES = 8;
export const FILE_TYPES = 16;
export const FILES = 100_000;
export const ENTRY_KEYS = 256;
export const CHAIN = 8;

/** Texts of a value, and addresses. */
export const TEXT_CHARS = 16_384;
export const OPTIONS = 64;
export const OPTION_CHARS = 200;
export const URL_CHARS = 2048;

/**
 * What describing one target may cost inside an event handler. The median is far below a millisecond; the
 * bounds are for grids with tens of thousands of nodes, where a name may be the text of a whole row.
 */
export const NAME_NODES = 400;
export const NAME_MS = 16;
export const SELECTOR_MS = 16;
/** What judging one field may cost. */
export const FIELD_MS = 32;
export const ANCESTORS = 64;
export const SIBLINGS = 5000;
/** Elements that one count of matches looks at, and where it stops counting. */
export const COUNTED = 300;
export const MATCHES = 10;
/** Text nodes that one text of the page is put together from. */
export const TEXT_NODES = 60;

/** A page is quiet when nothing changed in it for so long; an effect is told then, or at the latest after so long. */
export const QUIET_MS = 700;
export const EFFECT_MS = 3000;
/** Changes of the page that one look at them goes through. */
export const MUTATIONS = 200;

/** What follows an action so soon is its doing: a form's answer, another place, another page. */
export const FOLLOWS_MS = 1000;
export const LEADS_MS = 5000;
/** What the browser does so soon after an action, in rings of a timer, is the page's doing. */
export const RING_MS = 50;
export const AT_ONCE_RINGS = 7;

/** Scrolling has settled when it rested for so long. A person's scrolling begins so soon after wheel, key or finger. */
export const SCROLLED_MS = 300;
export const SCROLLING_MS = 1000;
/** The pointer rests when it stays on something for so long; what that opens shows within so long. */
export const REST_MS = 80;
export const OPENING_MS = 800;
/** A title is set a moment after a page's own routing. */
export const TITLE_MS = 100;
/** Up to here it took few keys. */
export const FEW_KEYS = 8;

/** Events that a page keeps while it waits for the worker's first answer. */
export const EARLY_EVENTS = 200;

/** One report from a page to the worker. A single event is far smaller; larger ones are not ours. */
export const REPORT_BYTES = 128 * KIB;

/** Documents whose event numbers the worker remembers, to count gaps. */
export const DOCUMENTS = 4096;
