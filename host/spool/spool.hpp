// The store of one person on one device: held batches, the numbers of their streams, the answers to
// notices, the table of bundles. SQLite in WAL mode with `synchronous=FULL`.
//
// Invariants, each with a test that bears its name (tests/unit/spool_test.cpp):
//   acked_means_durable    what `Write::commit` returned from is there after the process or the
//   machine died. stored_exactly_once    a batch is there once or not at all, however often it
//   comes: its number and its stream's next
//                          number change in one transaction.
//   held_only_encrypted    no byte of an event lies in the database or its WAL in clear.
//   damage_is_set_aside    a database that is damaged is moved away under a dated name, that is
//   counted as a gap, consent and
//                          the numbers of bundles are carried over where they can be read, and
//                          recording goes on.
//   a_row_stays_in_place   a sealed row opens only under its own stream, number and schema.
//
// One thread at a time; any number of processes, who queue on `spool.lock` to write.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/lock.hpp"
#include "seal/device_key.hpp"
#include "seal/digest.hpp"
#include "seal/hold_cipher.hpp"
#include "seal/zstd_block.hpp"
#include "spool/damage.hpp"
#include "spool/hold_clock.hpp"
#include "spool/person.hpp"
#include "spool/spool_error.hpp"
#include "spool/sqlite.hpp"

namespace fieldnote::spool {

namespace fs = platform::fs;

// A stream: 128 random bits, 32 hex digits as text.
struct StreamId {
  std::array<std::byte, 16> bytes{};
  [[nodiscard]] static std::optional<StreamId> parse(std::string_view hex);
  [[nodiscard]] std::string hex() const;
  friend bool operator==(const StreamId&, const StreamId&) = default;
};

// Under which terms a batch was recorded; what is sealed later keeps to them.
struct Terms {
  seal::Digest policy;
  seal::Digest notice;
  seal::Digest receipt;
  std::string organisation;
  unsigned min_participants = 0;
  std::string recipients;         // age1..., separated by blanks
  std::chrono::seconds window{};  // of review, on the clock of use
  friend bool operator==(const Terms&, const Terms&) = default;
};

// What the person answered last. The receipt is the JSON text of what they were shown and said; it
// stays on the device.
struct Consent {
  seal::Digest notice;
  bool yes = false;
  std::string receipt;
};

// A batch on its way into the spool: compressed, and encrypted for its place.
struct SealedBatch {
  StreamId stream;
  std::uint64_t seq = 0;
  std::int64_t events = 0;
  platform::Bytes bytes;
};

// One batch: an optional ledger line and event lines, as they would leave.
struct HeldRow {
  std::int64_t id = 0;
  std::int64_t version = 0;
  std::int64_t terms = 0;
  StreamId stream;
  std::uint64_t seq = 0;
  std::int64_t events = 0;
  std::chrono::seconds use{};  // the hold clock when it was stored
  std::chrono::seconds age{};
  bool damaged = false;  // it does not open: its bytes are not those that were stored
  std::string lines;
};

// Stream, number and schema: a sealed row that is moved to another place does not open.
using Place = std::array<std::byte, 28>;

struct BundleRow {
  std::int64_t n = 0;
  seal::Digest digest;  // SHA-256 of the file
  std::string name;
  std::int64_t events = 0;
  std::int64_t bytes = 0;
  std::string asks;  // of one that asks back: its scope, as JSON
};

class Spool {
 public:
  static constexpr int schema = 3;
  static constexpr int line_schema = 1;  // of the lines inside of a held row

  // Makes the folder, the keys and the database where they are not there yet; sets a damaged
  // database aside. Refuses a folder on a network, where SQLite's WAL does not hold, and a spool of
  // a newer schema, which it does not touch.
  [[nodiscard]] static Result<Spool> open(const fs::path& folder);

  // A transaction; without `commit` it never was. One at a time.
  class Write {
   public:
    Write(Write&& other) noexcept
        : spool_(std::exchange(other.spool_, nullptr)),
          turn_(std::move(other.turn_)),
          news_(other.news_) {}
    Write(const Write&) = delete;
    Write& operator=(const Write&) = delete;
    Write& operator=(Write&&) = delete;
    ~Write();

    // The number expected next of a stream; nothing for one that was never seen.
    [[nodiscard]] Result<std::optional<std::uint64_t>> next_seq(const StreamId& stream);
    // Stores batches of one stream that follow each other, and makes the number behind the last the
    // next; the caller has held the first against `next_seq`.
    [[nodiscard]] Result<void> put(std::span<const SealedBatch> batches, std::int64_t terms);
    // The hold clock read now, and kept.
    [[nodiscard]] Result<void> tick(const platform::Moment& now);
    // What was lost on the device since it was last asked, by reason; it is the caller's from here
    // on.
    [[nodiscard]] Result<std::map<std::string, std::uint64_t, std::less<>>> take_gaps();
    [[nodiscard]] Result<void> add_gap(std::string_view reason, std::int64_t count);
    // Deletes what was stored more than `days` ago; returns how many events that were.
    [[nodiscard]] Result<std::int64_t> delete_older_than(std::chrono::days days);
    // The row of these terms, made where it is new.
    [[nodiscard]] Result<std::int64_t> terms_row(const Terms& terms);
    [[nodiscard]] Result<void> add_consent(const Consent& consent);
    // False where the row has changed or gone since it was read.
    [[nodiscard]] Result<bool> take_out(const HeldRow& row);
    // Other lines in its place, sealed anew. False as above.
    [[nodiscard]] Result<bool> rewrite(const HeldRow& row, const SealedBatch& batch);
    [[nodiscard]] Result<void> add_bundle(const BundleRow& bundle);
    // What the person sets (person.cpp). Their other hosts hear of it with the commit.
    [[nodiscard]] Result<void> set_pause(const std::optional<Pause>& pause);
    [[nodiscard]] Result<void> set_task_in_hand(const std::optional<std::string>& id);
    [[nodiscard]] Result<void> put_task(const Task& task);
    [[nodiscard]] Result<void> told(std::int64_t up_to);
    [[nodiscard]] Result<void> count_today(std::int64_t day, std::int64_t events);
    [[nodiscard]] Result<void> commit();

   private:
    friend class Spool;
    Write(Spool& spool, platform::LockFile::Hold turn) : spool_(&spool), turn_(std::move(turn)) {}
    Spool* spool_;
    platform::LockFile::Hold turn_;
    bool news_ = false;
  };
  [[nodiscard]] Result<Write> write();

  // A ledger line, where there is one, and event lines, made ready to be put. Needs no transaction,
  // so that nobody waits for it.
  [[nodiscard]] SealedBatch seal(const StreamId& stream, std::uint64_t seq, std::int64_t events,
                                 std::string_view lines);
  // The lines again, good until something else is opened.
  [[nodiscard]] Result<std::string_view> open(const SealedBatch& batch);

  [[nodiscard]] Result<std::optional<std::uint64_t>> next_seq(const StreamId& stream);
  [[nodiscard]] Result<std::optional<Consent>> last_consent();
  // Of each answer, as it was kept.
  [[nodiscard]] Result<std::vector<std::string>> receipts();
  [[nodiscard]] Result<Person> person();
  // Newest first.
  [[nodiscard]] Result<std::vector<Task>> tasks();
  [[nodiscard]] Result<std::optional<Task>> task(std::string_view id);
  [[nodiscard]] Result<HeldNow> held_now();
  // Whether another process has written since this was last asked (or the spool was opened).
  [[nodiscard]] Result<bool> changed_by_others();
  [[nodiscard]] Result<std::optional<Terms>> terms(std::int64_t row);
  // At most `most` held rows behind row `after`, opened, in the order in which they were stored.
  [[nodiscard]] Result<std::vector<HeldRow>> held(std::int64_t after, std::size_t most);
  // The same the other way round: before row `before`, the newest first.
  [[nodiscard]] Result<std::vector<HeldRow>> held_before(std::int64_t before, std::size_t most);
  [[nodiscard]] Result<std::vector<BundleRow>> bundles();
  // As it was read or kept last.
  [[nodiscard]] const HoldClock& clock() const { return clock_; }
  // What it would read now; kept by nobody.
  [[nodiscard]] Result<HoldClock> clock_now();

  // Takes what was deleted out of the files: out of the write-ahead log too, and the room goes back
  // to the disk. False where a reader is in the way, and it goes at the next time.
  [[nodiscard]] Result<bool> give_back();
  // The same for somebody who waits for it: tries for 2 s at the most.
  [[nodiscard]] Result<bool> give_back_soon();
  // What lies in the folder: database, log, bundles.
  [[nodiscard]] std::uint64_t bytes_on_disk() const;
  // Gives up the room that was kept for this: sealing and deleting make room, and take some first.
  // Recording must not get it: a host that has spent it takes it again.
  static void spend_reserve(const fs::path& folder);
  // Keeps that room back: where the disk has plenty, or where there is as much.
  void keep_reserve() const;
  void take_reserve() const;

  [[nodiscard]] const fs::path& folder() const { return folder_; }
  [[nodiscard]] fs::path bundle_folder() const { return folder_ / "bundles"; }
  // Changes when a commit brings news for the person's other hosts, who watch it.
  [[nodiscard]] static fs::path news_folder(const fs::path& folder) { return folder / "news"; }

 private:
  Spool(fs::path folder, platform::LockFile lock, Database database, seal::HoldCipher cipher);
  [[nodiscard]] static Result<Spool> open_once(const fs::path& folder);
  [[nodiscard]] Result<void> prepare();
  [[nodiscard]] Result<void> read_clock();
  [[nodiscard]] Result<bool> truncate_log();
  void ring() const;
  [[nodiscard]] Result<std::vector<HeldRow>> read_rows(Statement& query);
  [[nodiscard]] Result<std::string_view> open_row(platform::ByteView sealed, const Place& place);

  fs::path folder_;
  platform::LockFile lock_;
  Database database_;
  seal::HoldCipher cipher_;
  seal::ZstdBlock zstd_;
  Statement begin_, commit_, rollback_, next_seq_, set_next_seq_, put_, data_version_, gap_,
      count_today_;
  std::int64_t seen_data_version_ = 0;
  HoldClock clock_;
  std::optional<FileIdentity> identity_;
};

}  // namespace fieldnote::spool
