#include "spool/damage.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <chrono>
#include <ctime>

#include "spool/spool_error.hpp"

namespace fieldnote::spool {
namespace {

namespace fs = platform::fs;

constexpr std::string_view mark_name = "spool.damaged";
// Names the database that was set aside until its successor has taken over.
constexpr std::string_view successor_name = "spool.successor";

std::string dated_name() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "spool.db.damaged-%Y%m%d-%H%M%S", &parts);
  return text.data();
}

Result<void> write_note(const fs::path& path, std::string_view text) {
  auto file = platform::DurableFile::create(path, 0600, true);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(text)); !written) return written;
  return file->commit();
}

// Rows that can be read, one by one; where the damage begins, reading ends.
template <class Row>
void copy_rows(Database& from, Database& to, const char* select, const char* insert, Row&& bind) {
  auto read = from.prepare(select);
  auto write = to.prepare(insert);
  if (!read || !write) return;
  while (true) {
    auto more = read->step();
    if (!more || !*more) return;
    bind(*read, *write);
    if (!write->run()) return;
  }
}

}  // namespace

Error busy(const fs::path& folder) {
  return {SpoolError::failed, (folder / "spool.lock").string() +
                                  ": another process has been writing for a while; try again"};
}

void mark_damage(const fs::path& folder) {
  const fs::path path = folder / mark_name;
  const platform::Descriptor mark(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
}

bool damage_is_marked(const fs::path& folder) {
  struct stat facts {};
  return ::lstat((folder / mark_name).c_str(), &facts) == 0;
}

std::optional<FileIdentity> database_identity(const fs::path& folder) {
  struct stat facts {};
  if (::lstat((folder / "spool.db").c_str(), &facts) != 0 || !S_ISREG(facts.st_mode))
    return std::nullopt;
  return FileIdentity(facts.st_dev, facts.st_ino);
}

Result<void> set_aside(const fs::path& folder, const std::optional<FileIdentity>& damaged) {
  auto lock = platform::LockFile::open(folder / "spool.lock");
  if (!lock) return lock.error();
  const auto turn = lock->lock_within(longest_wait_to_open);
  if (!turn) return turn.error();
  if (!*turn) return busy(folder);
  // Another process saw the same damage and was quicker.
  if (database_identity(folder) != damaged) return {};
  const fs::path note = folder / successor_name;
  std::error_code failed;
  if (damaged) {
    // One that was broken off goes on under the name that it began with, so that database and log
    // stay together.
    std::string name = dated_name();
    if (fs::exists(note, failed))
      if (auto begun = platform::read_all(note, 100)) name = *begun;
    while (fs::exists(folder / name)) name += "-again";
    if (auto noted = write_note(note, name); !noted) return noted;
    for (const std::string_view suffix : {"-wal", "-shm", ""}) {
      const fs::path from = folder / ("spool.db" + std::string(suffix));
      if (!fs::exists(from, failed)) continue;
      fs::rename(from, folder / (name + std::string(suffix)), failed);
      if (failed) return os_error(failed.value(), from.string());
    }
  }
  fs::remove(folder / mark_name, failed);
  if (failed) return os_error(failed.value(), (folder / mark_name).string());
  return platform::sync_folder(folder);
}

Result<void> carry_over(const fs::path& folder, Database& database) {
  const fs::path note = folder / successor_name;
  std::error_code failed;
  if (!fs::exists(note, failed)) return {};
  auto name = platform::read_all(note, 100);
  if (!name) return name.error();
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
  if (auto old = Database::open(folder / *name)) {
    copy_rows(*old, database, "SELECT notice, yes, receipt FROM consent ORDER BY id",
              "INSERT INTO consent (notice, yes, receipt) VALUES (?1, ?2, ?3)",
              [](Statement& from, Statement& to) {
                to.bind(1, from.blob(0)).bind(2, from.number(1)).bind(3, from.text(2));
              });
    // Whoever has paused stays paused.
    copy_rows(*old, database,
              "SELECT pause_since, pause_until, pause_boot, pause_until_since_boot FROM person",
              "UPDATE person SET pause_since = ?1, pause_until = ?2, pause_boot = ?3, "
              "pause_until_since_boot = ?4",
              [](Statement& from, Statement& to) {
                for (const int column : {0, 1, 3}) {
                  if (from.is_null(column))
                    to.bind(column + 1, nullptr);
                  else
                    to.bind(column + 1, from.number(column));
                }
                to.bind(3, from.text(2));
              });
    copy_rows(*old, database, "SELECT id, sealed FROM task ORDER BY n",
              "INSERT INTO task (id, sealed) VALUES (?1, ?2)", [](Statement& from, Statement& to) {
                to.bind(1, from.text(0)).bind(2, from.blob(1));
              });
    copy_rows(
        *old, database, "SELECT n, digest, name, events, bytes FROM bundle ORDER BY n",
        "INSERT OR IGNORE INTO bundle (n, digest, name, events, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
        [](Statement& from, Statement& to) {
          to.bind(1, from.number(0))
              .bind(2, from.blob(1))
              .bind(3, from.text(2))
              .bind(4, from.number(3))
              .bind(5, from.number(4));
        });
    // Of schema 2: what was not there has nothing to say.
    copy_rows(*old, database, "SELECT n, asks FROM bundle WHERE asks IS NOT NULL",
              "UPDATE bundle SET asks = ?2 WHERE n = ?1", [](Statement& from, Statement& to) {
                to.bind(1, from.number(0)).bind(2, from.text(1));
              });
  }
  if (auto gap =
          database.run("INSERT OR REPLACE INTO gap (reason, count) VALUES ('spool_damaged', 1)");
      !gap)
    return gap;
  if (auto done = database.run("COMMIT"); !done) return done;
  fs::remove(note, failed);
  if (failed) return os_error(failed.value(), note.string());
  return platform::sync_folder(folder);
}

}  // namespace fieldnote::spool
