// What becomes of the process's memory, also on a machine that swaps: keys and opened events lie on
// the heap. Not thread-safe.
#pragma once

namespace fieldnote::platform {

// Makes all that is allocated lie on one heap that `lock_heap` can hold. To be called before
// anything is allocated that is to be held.
void use_one_heap();

// Keeps what is freed for what is allocated next, however large it was: for programs that take and
// free the same again and again, and would have the system clear each page anew.
void keep_freed();

// Gives what is free back to the system.
void trim_heap();

// Lets go of the program's own code: what is used again comes back from the system's cache at once.
// Starting and sealing run through much that recording does not.
void release_code();

// Keeps the heap, as large as it is now, out of swap. False where the account may not lock as much
// (RLIMIT_MEMLOCK): then it is held as it was. To be called again when the heap may have grown,
// which costs nothing where it has not.
bool lock_heap();

}  // namespace fieldnote::platform
