#include "spool/spool.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "spool/damage.hpp"
#include "spool/row.hpp"
#include "spool/schema.hpp"

namespace fieldnote::spool {
namespace {

// statfs(2): file systems on which another machine can write, and on which WAL's shared memory does
// not work.
constexpr std::array<unsigned long, 6> network_file_systems{
    0x6969,      // NFS
    0xFF534D42,  // CIFS
    0xFE534D42,  // SMB2
    0x517B,      // SMB
    0x01021997,  // 9P
    0x5346414F,  // AFS
};

Result<void> check_local(const fs::path& folder) {
  struct statfs facts {};
  if (::statfs(folder.c_str(), &facts) != 0) return os_error(errno, folder.string());
  const auto type = static_cast<unsigned long>(facts.f_type) & 0xFFFFFFFFUL;
  if (std::find(network_file_systems.begin(), network_file_systems.end(), type) ==
      network_file_systems.end())
    return {};
  return Error{
      SpoolError::unusable,
      folder.string() +
          ": lies on a network file system, where nothing can be held safely; set XDG_STATE_HOME "
          "to a local folder"};
}

constexpr std::string_view reserve_name = "spool.reserve";
constexpr std::int64_t reserve_bytes = 8 << 20;

// More than the largest frame can become.
constexpr std::size_t longest_lines = 64 << 20;

template <std::size_t N>
bool copy_exactly(platform::ByteView from, std::array<std::byte, N>& to) {
  if (from.size() != N) return false;
  std::copy(from.begin(), from.end(), to.begin());
  return true;
}

bool database_is_there(const fs::path& path) {
  struct stat facts {};
  return ::lstat(path.c_str(), &facts) == 0;
}

// Before anything is written: even a setting may change the file.
Result<std::int64_t> check_schema(Database& database, const fs::path& path) {
  if (auto set = database.run("PRAGMA busy_timeout = 10000"); !set) return set.error();
  auto query = database.prepare("PRAGMA user_version");
  if (!query) return query.error();
  auto row = query->step();
  if (!row) return row.error();
  const std::int64_t version = query->number(0);
  if (version > Spool::schema)
    return Error{SpoolError::newer_schema, path.string() + ": has schema " +
                                               std::to_string(version) + ", this program knows " +
                                               std::to_string(Spool::schema) +
                                               "; install the newer Fieldnote again"};
  if (version < 1) return Error{SpoolError::damaged, path.string() + ": is no spool"};
  return version;
}

static_assert(Spool::schema == 1 + upgrades.size());

std::string upgrades_from(std::int64_t version) {
  std::string all;
  for (auto next = static_cast<std::size_t>(version - 1); next < upgrades.size(); ++next)
    all += upgrades[next];
  return all + "PRAGMA user_version = " + std::to_string(Spool::schema) + ';';
}

// A new database is made beside its name and gets it when it is whole: one sync of its content
// instead of one for each step of SQLite's. The name lasts from the first commit on, before which
// SQLite syncs the folder, since it makes its log there.
Result<void> make_database(const fs::path& path) {
  const fs::path fresh = path.string() + ".new";
  std::error_code failed;
  for (const char* left_over : {"", "-journal", "-wal", "-shm"})
    fs::remove(fresh.string() + left_over, failed);
  {
    auto database = Database::open(fresh);
    if (!database) return database.error();
    const std::string make =
        "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA synchronous = OFF;"
        "PRAGMA journal_mode = MEMORY; BEGIN;"
        "PRAGMA application_id = " +
        std::to_string(application_id) + ';' + create_tables + upgrades_from(1) +
        "COMMIT; PRAGMA journal_mode = WAL;";
    if (auto made = database->run(make.c_str()); !made) return made;
  }
  if (auto synced = platform::sync_file(fresh); !synced) return synced;
  // Its folder may be new as well.
  if (auto synced = platform::sync_folder(path.parent_path().parent_path()); !synced) return synced;
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) != 0)
    return os_error(errno, path.string());
  return {};
}

constexpr const char* settings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA cache_size = -256;";

// An older database gets what is new, in one transaction; others may have it open meanwhile.
Result<void> upgrade(Database& database, std::int64_t version) {
  if (version == Spool::schema) return {};
  const std::string all = "BEGIN IMMEDIATE;" + upgrades_from(version) + "COMMIT;";
  auto done = database.run(all.c_str());
  if (!done) static_cast<void>(database.run("ROLLBACK"));  // where it had begun
  return done;
}

// `path` is there. The caller holds `spool.lock`.
Result<Database> open_database(const fs::path& path) {
  auto database = Database::open(path);
  if (!database) return database;
  const auto version = check_schema(*database, path);
  if (!version) return version.error();
  if (auto set = database->run(settings); !set) return set.error();
  if (auto upgraded = upgrade(*database, *version); !upgraded) return upgraded.error();
  return database;
}

}  // namespace

std::optional<StreamId> StreamId::parse(std::string_view hex) {
  StreamId id;
  if (hex.size() != 2 * id.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    unsigned char byte = 0;
    const char* at = hex.data() + 2 * i;
    if (std::from_chars(at, at + 2, byte, 16).ptr != at + 2) return std::nullopt;
    id.bytes[i] = static_cast<std::byte>(byte);
  }
  return id.hex() == hex ? std::optional(id) : std::nullopt;
}

std::string StreamId::hex() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::byte b : bytes) {
    text += digits[std::to_integer<unsigned>(b >> 4)];
    text += digits[std::to_integer<unsigned>(b & std::byte{15})];
  }
  return text;
}

Spool::Spool(fs::path folder, platform::LockFile lock, Database database, seal::HoldCipher cipher)
    : folder_(std::move(folder)),
      lock_(std::move(lock)),
      database_(std::move(database)),
      cipher_(std::move(cipher)) {}

Result<Spool> Spool::open(const fs::path& folder) {
  const auto before = database_identity(folder);
  // Without its key a database cannot be read any more, and a new key must not be made beneath it.
  const bool keyless = before && !fs::exists(folder / "device.key");
  if (keyless || damage_is_marked(folder))
    if (auto aside = set_aside(folder, before); !aside) return aside.error();
  const auto tried = database_identity(folder);
  auto spool = open_once(folder);
  if (spool || spool.error().code != make_error_code(SpoolError::damaged)) return spool;
  if (auto aside = set_aside(folder, tried); !aside) return aside.error();
  return open_once(folder);
}

Result<Spool> Spool::open_once(const fs::path& folder) {
  using platform::NewName;
  // Their names last when the first commit does (make_database).
  if (auto made = platform::make_private_folder(folder, NewName::unsynced); !made)
    return made.error();
  // The bundles' folder with it: it is made before any sandbox closes.
  if (auto made = platform::make_private_folder(folder / "bundles", NewName::unsynced); !made)
    return made.error();
  if (auto made = platform::make_private_folder(news_folder(folder), NewName::unsynced); !made)
    return made.error();
  if (auto local = check_local(folder); !local) return local.error();
  auto lock = platform::LockFile::open(folder / "spool.lock");
  if (!lock) return lock.error();
  auto key = seal::DeviceKey::load_or_create(folder / "device.key", NewName::unsynced);
  if (!key) return key.error();
  const auto turn = lock->lock_within(longest_wait_to_open);
  if (!turn) return turn.error();
  if (!*turn) return busy(folder);
  const fs::path path = folder / "spool.db";
  const mode_t mask = ::umask(077);
  const auto made = database_is_there(path) ? Result<void>() : make_database(path);
  auto database = made ? open_database(path) : made.error();
  ::umask(mask);
  if (!database) return database.error();
  Spool spool(folder, std::move(*lock), std::move(*database), seal::HoldCipher(*key));
  if (auto prepared = spool.prepare(); !prepared) return prepared.error();
  if (auto carried = carry_over(folder, spool.database_); !carried) return carried.error();
  if (auto clock = spool.read_clock(); !clock) return clock.error();
  // The machine's start has an id that cannot be read any more once a sandbox is closed.
  if (auto now = platform::now(); !now) return now.error();
  if (auto changed = spool.changed_by_others(); !changed) return changed.error();
  spool.identity_ = database_identity(folder);
  return spool;
}

Result<void> Spool::prepare() {
  const std::pair<Statement*, const char*> all[] = {
      {&begin_, "BEGIN IMMEDIATE"},
      {&commit_, "COMMIT"},
      {&rollback_, "ROLLBACK"},
      {&data_version_, "PRAGMA data_version"},
      {&gap_, "SELECT reason, count FROM gap"},
      {&next_seq_, "SELECT next FROM stream WHERE id = ?1"},
      {&set_next_seq_,
       "INSERT INTO stream (id, next) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET next = ?2"},
      {&put_,
       "INSERT INTO held (stream, seq, schema, terms, events, use, age, sealed) VALUES (?1, ?2, "
       "?3, "
       "?4, ?5, ?6, ?7, ?8)"},
      {&count_today_,
       "UPDATE person SET today = CASE day WHEN ?1 THEN today ELSE 0 END + ?2, day = ?1"},
  };
  for (const auto& [statement, sql] : all) {
    auto prepared = database_.prepare(sql);
    if (!prepared) return prepared.error();
    *statement = std::move(*prepared);
  }
  return {};
}

Result<Spool::Write> Spool::write() {
  auto turn = lock_.lock();
  if (!turn) return turn.error();
  // What is written to a database that was set aside would never be sealed.
  if (database_identity(folder_) != identity_)
    return Error{SpoolError::failed,
                 (folder_ / "spool.db").string() + ": was replaced; connect again"};
  if (auto begun = begin_.run(); !begun) return begun.error();
  return Write(*this, std::move(*turn));
}

SealedBatch Spool::seal(const StreamId& stream, std::uint64_t seq, std::int64_t events,
                        std::string_view lines) {
  const platform::ByteView sealed =
      cipher_.seal(zstd_.compress(platform::as_bytes(lines)), place_of(stream, seq, line_schema));
  return {stream, seq, events, {sealed.begin(), sealed.end()}};
}

Result<std::string_view> Spool::open(const SealedBatch& batch) {
  return open_row(batch.bytes, place_of(batch.stream, batch.seq, line_schema));
}

Result<std::string_view> Spool::open_row(platform::ByteView sealed, const Place& place) {
  auto frame = cipher_.open(sealed, place);
  if (!frame) return frame.error();
  auto lines = zstd_.expand(*frame, longest_lines);
  if (!lines) return lines.error();
  return platform::as_text(*lines);
}

Result<std::optional<std::uint64_t>> Spool::next_seq(const StreamId& stream) {
  auto row = next_seq_.bind(1, platform::ByteView(stream.bytes)).step();
  if (!row) return row.error();
  if (!*row) return std::optional<std::uint64_t>();
  const auto next = static_cast<std::uint64_t>(next_seq_.number(0));
  next_seq_.reset();
  return std::optional(next);
}

Result<bool> Spool::changed_by_others() {
  auto row = data_version_.step();
  if (!row) return row.error();
  const std::int64_t version = data_version_.number(0);
  data_version_.reset();
  return std::exchange(seen_data_version_, version) != version;
}

Result<std::optional<Consent>> Spool::last_consent() {
  auto query =
      database_.prepare("SELECT notice, yes, receipt FROM consent ORDER BY id DESC LIMIT 1");
  if (!query) return query.error();
  auto row = query->step();
  if (!row) return row.error();
  if (!*row) return std::optional<Consent>();
  Consent consent;
  if (!copy_exactly(query->blob(0), consent.notice.bytes))
    return damaged(folder_, "a consent has no digest");
  consent.yes = query->number(1) == 1;
  consent.receipt = query->text(2);
  return std::optional(std::move(consent));
}

Result<std::optional<Terms>> Spool::terms(std::int64_t id) {
  auto query = database_.prepare(
      "SELECT policy, notice, receipt, organisation, min_participants, recipients, window, "
      "digest FROM terms WHERE id = ?1");
  if (!query) return query.error();
  auto row = query->bind(1, id).step();
  if (!row) return row.error();
  if (!*row) return std::optional<Terms>();
  Terms terms;
  if (!copy_exactly(query->blob(0), terms.policy.bytes) ||
      !copy_exactly(query->blob(1), terms.notice.bytes) ||
      !copy_exactly(query->blob(2), terms.receipt.bytes))
    return damaged(folder_, "terms have no digest");
  terms.organisation = query->text(3);
  terms.min_participants = static_cast<unsigned>(query->number(4));
  terms.recipients = query->text(5);
  terms.window = std::chrono::seconds(query->number(6));
  seal::Digest stored;
  if (!query->is_null(7) &&
      (!copy_exactly(query->blob(7), stored.bytes) || stored != digest_of(terms)))
    return damaged(folder_, "terms are not as they were stored");
  return std::optional(std::move(terms));
}

Result<std::vector<HeldRow>> Spool::held(std::int64_t after, std::size_t most) {
  auto query = database_.prepare(
      "SELECT id, version, terms, stream, seq, schema, events, sealed, use, age FROM held WHERE id "
      "> ?1 ORDER BY id LIMIT ?2");
  if (!query) return query.error();
  query->bind(1, after).bind(2, static_cast<std::int64_t>(most));
  return read_rows(*query);
}

Result<std::vector<HeldRow>> Spool::held_before(std::int64_t before, std::size_t most) {
  auto query = database_.prepare(
      "SELECT id, version, terms, stream, seq, schema, events, sealed, use, age FROM held WHERE id "
      "< ?1 ORDER BY id DESC LIMIT ?2");
  if (!query) return query.error();
  query->bind(1, before).bind(2, static_cast<std::int64_t>(most));
  return read_rows(*query);
}

Result<std::vector<HeldRow>> Spool::read_rows(Statement& query) {
  std::vector<HeldRow> rows;
  while (true) {
    auto more = query.step();
    if (!more) return more.error();
    if (!*more) return rows;
    HeldRow row;
    row.id = query.number(0);
    row.version = query.number(1);
    row.terms = query.number(2);
    if (!copy_exactly(query.blob(3), row.stream.bytes))
      return damaged(folder_, "a held row has no stream");
    row.seq = static_cast<std::uint64_t>(query.number(4));
    row.events = query.number(6);
    auto lines = open_row(
        query.blob(7), place_of(row.stream, row.seq, static_cast<std::uint32_t>(query.number(5))));
    row.use = std::chrono::seconds(query.number(8));
    row.age = std::chrono::seconds(query.number(9));
    row.damaged = !lines;
    if (lines) row.lines = *lines;
    rows.push_back(std::move(row));
  }
}

Result<std::vector<BundleRow>> Spool::bundles() {
  auto query =
      database_.prepare("SELECT n, digest, name, events, bytes, asks FROM bundle ORDER BY n");
  if (!query) return query.error();
  std::vector<BundleRow> rows;
  while (true) {
    auto more = query->step();
    if (!more) return more.error();
    if (!*more) return rows;
    BundleRow row;
    row.n = query->number(0);
    if (!copy_exactly(query->blob(1), row.digest.bytes))
      return damaged(folder_, "a bundle has no digest");
    row.name = query->text(2);
    row.events = query->number(3);
    row.bytes = query->number(4);
    row.asks = query->text(5);
    rows.push_back(std::move(row));
  }
}

Result<HoldClock> Spool::clock_now() {
  if (auto read = read_clock(); !read) return read.error();
  const auto now = platform::now();
  if (!now) return now.error();
  HoldClock clock = clock_;
  clock.advance(*now);
  return clock;
}

Result<void> Spool::read_clock() {
  auto query = database_.prepare(
      "SELECT use, age, wall, boot, since_boot, day, use_at_day, since_day FROM clock WHERE id = "
      "1");
  if (!query) return query.error();
  auto row = query->step();
  if (!row) return row.error();
  if (!*row) return {};
  using std::chrono::seconds;
  clock_.started = true;
  clock_.use = seconds(query->number(0));
  clock_.age = seconds(query->number(1));
  clock_.seen.wall = std::chrono::sys_seconds(seconds(query->number(2)));
  clock_.seen.boot = query->text(3);
  clock_.seen.since_boot = seconds(query->number(4));
  clock_.day = std::chrono::sys_days(std::chrono::days(query->number(5)));
  clock_.use_at_day = seconds(query->number(6));
  clock_.since_day = seconds(query->number(7));
  return {};
}

// The log first: what the file gives back goes through it as well.
Result<bool> Spool::give_back() {
  auto turn = lock_.lock();
  if (!turn) return turn.error();
  if (auto emptied = truncate_log(); !emptied) return emptied;
  if (auto shrunk = database_.run("PRAGMA incremental_vacuum"); !shrunk) return shrunk.error();
  return truncate_log();
}

Result<bool> Spool::give_back_soon() {
  if (auto set = database_.run("PRAGMA busy_timeout = 2000"); !set) return set.error();
  auto given = give_back();
  if (auto set = database_.run("PRAGMA busy_timeout = 10000"); !set) return set.error();
  return given;
}

Result<bool> Spool::truncate_log() {
  auto query = database_.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
  if (!query) return query.error();
  auto row = query->step();
  if (!row) return row.error();
  return query->number(0) == 0;
}

// Nothing hangs on its being heard: the table is the truth, and is read before each commit.
void Spool::ring() const {
  const fs::path bell = news_folder(folder_) / "bell";
  const platform::Descriptor file(
      ::open(bell.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
}

std::uint64_t Spool::bytes_on_disk() const {
  std::uint64_t bytes = 0;
  std::error_code failed;
  for (const fs::path& folder : {folder_, bundle_folder()})
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
      if (std::error_code gone; at->is_regular_file(gone) && at->path().filename() != reserve_name)
        if (const auto size = at->file_size(gone); !gone) bytes += size;
  return bytes;
}

// The reserve is room on a disk, not data: where it cannot be had there is simply none.
void Spool::keep_reserve() const {
  const fs::path path = folder_ / reserve_name;
  struct statvfs facts {};
  std::error_code ignored;
  if (fs::file_size(path, ignored) == reserve_bytes) return;
  if (::statvfs(folder_.c_str(), &facts) != 0 ||
      facts.f_bavail * facts.f_frsize < 4 * reserve_bytes)
    return;
  take_reserve();
}

void Spool::take_reserve() const {
  const fs::path path = folder_ / reserve_name;
  const platform::Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (file && ::fallocate(file.get(), 0, 0, reserve_bytes) != 0) ::unlink(path.c_str());
}

void Spool::spend_reserve(const fs::path& folder) {
  ::unlink((folder / reserve_name).c_str());
}

}  // namespace fieldnote::spool
