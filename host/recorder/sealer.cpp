#include "recorder/sealer.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <set>
#include <sstream>

#include "platform/calendar.hpp"
#include "recorder/held_lines.hpp"

namespace fieldnote::recorder {
namespace {

namespace fs = platform::fs;

constexpr std::size_t rows_a_read = 64;

// Passes bytes on and digests them on their way.
class DigestingSink final : public platform::ByteSink {
 public:
  explicit DigestingSink(platform::ByteSink& below) : below_(below) {}
  Result<void> write(platform::ByteView bytes) override {
    digest_.update(bytes);
    size_ += bytes.size();
    return below_.write(bytes);
  }
  seal::Digest digest() { return digest_.finish(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  platform::ByteSink& below_;
  seal::Sha256 digest_;
  std::size_t size_ = 0;
};

fs::path part_path(const fs::path& folder, std::int64_t n) {
  return folder / (std::to_string(n) + ".part");
}

fs::path chain_path(const spool::Spool& spool) {
  return spool.folder() / "seal.chain";
}

// `N DIGEST`, and what tells that no bit of it has turned.
std::string chain_line(std::int64_t n, const seal::Digest& digest) {
  const std::string link = std::to_string(n) + ' ' + digest.hex();
  return link + ' ' + seal::sha256(platform::as_bytes(link)).hex() + '\n';
}

// The kind of an event line, which begins with it.
std::string_view kind_of(std::string_view line) {
  constexpr std::string_view beginning = R"({"kind":")";
  if (!line.starts_with(beginning)) return {};
  line.remove_prefix(beginning.size());
  return line.substr(0, line.find('"'));
}

// The task of an event line, which stands before anything that a page could have written.
std::string_view task_of(std::string_view line) {
  constexpr std::string_view key = R"(,"task":")";
  constexpr std::size_t digits = 16;
  const std::string_view head = line.substr(0, std::min(line.find(R"(,"url":)"), line.size()));
  const std::size_t at = head.find(key);
  return at == std::string_view::npos ? std::string_view() : head.substr(at + key.size(), digits);
}

}  // namespace

// Batches of the same terms, in a row.
struct Sealer::Group {
  std::vector<spool::HeldRow> rows;
  std::int64_t last = 0;  // the last row looked at
};

Sealer::Sealer(spool::Spool& spool, std::vector<seal::X25519Recipient> allowed)
    : spool_(spool), allowed_(std::move(allowed)), folder_(spool.bundle_folder()) {}

Result<SealReport> Sealer::seal_all(const std::function<void(std::int64_t)>& progress) {
  auto lock = platform::LockFile::open(spool_.folder() / "seal.lock");
  if (!lock) return lock.error();
  const auto turn = lock->lock();
  if (!turn) return turn.error();
  return seal(Which::all, progress);
}

Result<SealReport> Sealer::seal_due() {
  auto lock = platform::LockFile::open(spool_.folder() / "seal.lock");
  if (!lock) return lock.error();
  const auto turn = lock->try_lock();
  if (!turn) return turn.error();
  if (!*turn) return SealReport();
  const auto consent = spool_.last_consent();
  if (!consent) return consent.error();
  if (!*consent || !(*consent)->yes) return SealReport();
  const auto person = spool_.person();
  if (!person) return person.error();
  told_ = person->told;
  return seal(Which::due, [](std::int64_t) {});
}

Result<SealReport> Sealer::seal(Which which, const std::function<void(std::int64_t)>& progress) {
  if (auto settled = settle_names(); !settled) return settled.error();
  SealReport report;
  std::optional<seal::ParticipantKey> key;
  std::int64_t after = 0;
  while (true) {
    auto group = next_group(after, which);
    if (!group) return group.error();
    if (group->rows.empty()) break;
    if (!key) {
      auto loaded = seal::ParticipantKey::load_or_create(spool_.folder() / "participant.key");
      if (!loaded) return loaded.error();
      key.emplace(std::move(*loaded));
    }
    auto bundle = seal_group(*group, *key, report);
    if (!bundle) return bundle.error();
    after = group->last;
    if (!*bundle) continue;
    report.events += (*bundle)->events;
    report.bundles.push_back(std::move(**bundle));
    progress(report.events);
  }
  return report;
}

Result<bool> Sealer::is_due(const spool::HeldRow& row) {
  auto at = terms_.find(row.terms);
  if (at == terms_.end()) {
    auto terms = spool_.terms(row.terms);
    if (!terms) return terms.error();
    if (!*terms)
      return Error{spool::SpoolError::damaged,
                   (spool_.folder() / "spool.db").string() + ": a batch has no terms"};
    at = terms_.emplace(row.terms, std::move(**terms)).first;
  }
  return row.use + at->second.window <= spool_.clock().use;
}

// After a crash between the table and the name: gives the file its name, or removes one that no row
// knows.
Result<void> Sealer::settle_names() {
  auto rows = spool_.bundles();
  if (!rows) return rows.error();
  std::set<fs::path> known;
  bool changed = false;
  for (const spool::BundleRow& row : *rows) {
    const fs::path part = part_path(folder_, row.n);
    known.insert(part);
    std::error_code failed;
    if (!fs::exists(part, failed)) continue;
    fs::rename(part, folder_ / row.name, failed);
    if (failed) return os_error(failed.value(), part.string());
    changed = true;
  }
  std::error_code failed;
  for (fs::directory_iterator at(folder_, failed), end; !failed && at != end; at.increment(failed))
    if (at->path().extension() == ".part" && !known.contains(at->path()))
      changed = fs::remove(at->path(), failed) || changed;
  if (failed) return os_error(failed.value(), folder_.string());
  return changed ? platform::sync_folder(folder_) : Result<void>();
}

// The last bundle by the file that is kept beside the database, which says of itself whether it is
// whole; a damaged database may have lost its row, or bits of it. By the table where that is ahead.
// A row without a digest (n = 0) where there was none.
Result<spool::BundleRow> Sealer::last_bundle() {
  auto rows = spool_.bundles();
  if (!rows) return rows.error();
  spool::BundleRow last;
  if (!rows->empty()) last = rows->back();
  std::error_code failed;
  if (!fs::exists(chain_path(spool_), failed)) return last;
  auto text = platform::read_all(chain_path(spool_), 200);
  if (!text) return text.error();
  std::istringstream words(*text);
  std::int64_t n = 0;
  std::string hex;
  words >> n >> hex;
  const auto digest = seal::Digest::from_hex(hex);
  if (digest && n >= last.n && chain_line(n, *digest) == *text) {
    last.n = n;
    last.digest = *digest;
  }
  return last;
}

Result<void> Sealer::keep_chain(const spool::BundleRow& row) {
  auto file = platform::DurableFile::create(chain_path(spool_), 0600, true);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(chain_line(row.n, row.digest))); !written)
    return written;
  return file->commit();
}

Result<Sealer::Group> Sealer::next_group(std::int64_t after, Which which) {
  Group group;
  group.last = after;
  std::size_t bytes = 0;
  while (bytes < bundle_bytes) {
    auto rows = spool_.held(group.last, rows_a_read);
    if (!rows) return rows.error();
    if (rows->empty()) break;
    for (spool::HeldRow& row : *rows) {
      if (which == Which::due) {
        const auto due = is_due(row);
        if (!due) return due.error();
        // Later rows were stored later.
        if (!*due || row.id > told_) return group;
      }
      if (!group.rows.empty() && row.terms != group.rows.front().terms) return group;
      if (bytes >= bundle_bytes) return group;
      bytes += row.lines.size();
      group.last = row.id;
      group.rows.push_back(std::move(row));
    }
  }
  return group;
}

Result<std::optional<spool::BundleRow>> Sealer::seal_group(const Group& group,
                                                           const seal::ParticipantKey& key,
                                                           SealReport& report) {
  auto terms = spool_.terms(group.rows.front().terms);
  if (!terms) return terms.error();
  if (!*terms)
    return Error{spool::SpoolError::damaged,
                 (spool_.folder() / "spool.db").string() + ": a batch has no terms"};

  std::vector<seal::X25519Recipient> recipients;
  for (const auto& recipient : allowed_)
    if ((*terms)->recipients.find(recipient.text()) != std::string::npos)
      recipients.push_back(recipient);
  if (recipients.empty()) {
    report.left.push_back(std::to_string(group.rows.size()) +
                          " batches stay held: none of the keys that were named when they were "
                          "recorded is in the policy now");
    return std::optional<spool::BundleRow>();
  }

  BundleContent content;
  content.terms = std::move(**terms);
  std::set<std::string, std::less<>> cited;
  for (const spool::HeldRow& row : group.rows) {
    // Bytes that changed on the disk cannot be sealed; that they are missing is said.
    if (row.damaged) content.ledger.lost["damaged"] += static_cast<std::uint64_t>(row.events);
    const HeldLines lines = split_held(row.lines);
    if (lines.ledger) content.ledger.add(*lines.ledger);
    for (const std::string_view line : lines.events) {
      ++content.ledger.recorded[std::string(kind_of(line))];
      ++content.events;
      content.lines += line;
      content.lines += '\n';
      if (const auto task = task_of(line); !task.empty()) cited.emplace(task);
    }
  }
  if (auto tasks = tasks_of(cited))
    content.tasks = std::move(*tasks);
  else
    return tasks.error();
  auto row = write_one(content, key, recipients, [&](spool::Spool::Write& write) -> Result<bool> {
    for (const spool::HeldRow& held : group.rows) {
      auto taken = write.take_out(held);
      if (!taken || !*taken) return taken;
    }
    return true;
  });
  // Somebody deleted from it meanwhile: what was written is thrown away with the temporary file,
  // and the caller of a sealing may try again.
  if (row && !*row)
    report.left.emplace_back(
        "a batch changed while it was sealed; it stays held until the next sealing");
  return row;
}

Result<std::vector<spool::Task>> Sealer::tasks_of(const std::set<std::string, std::less<>>& cited) {
  if (cited.empty()) return std::vector<spool::Task>();
  auto all = spool_.tasks();
  if (!all) return all.error();
  std::erase_if(*all, [&](const spool::Task& task) { return !cited.contains(task.id); });
  return all;
}

Result<std::optional<spool::BundleRow>> Sealer::seal_asking(const model::AskedBack& scope,
                                                            const spool::Terms& terms) {
  auto lock = platform::LockFile::open(spool_.folder() / "seal.lock");
  if (!lock) return lock.error();
  const auto turn = lock->lock();
  if (!turn) return turn.error();
  if (auto settled = settle_names(); !settled) return settled.error();
  const auto before = last_bundle();
  if (!before) return before.error();
  if (before->n == 0) return std::optional<spool::BundleRow>();
  auto key = seal::ParticipantKey::load_or_create(spool_.folder() / "participant.key");
  if (!key) return key.error();
  BundleContent content;
  content.terms = terms;
  content.asks = scope;
  return write_one(content, *key, allowed_,
                   [](spool::Spool::Write&) -> Result<bool> { return true; });
}

Result<std::optional<spool::BundleRow>> Sealer::write_one(
    BundleContent& content, const seal::ParticipantKey& key,
    std::span<const seal::X25519Recipient> recipients,
    const std::function<Result<bool>(spool::Spool::Write&)>& take_out) {
  auto before = last_bundle();
  if (!before) return before.error();
  content.n = before->n + 1;
  if (before->n > 0) content.previous = before->digest;
  content.week =
      platform::iso_week(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  auto file = platform::DurableFile::create_as(part_path(folder_, content.n),
                                               part_path(folder_, content.n), 0600);
  if (!file) return file.error();
  DigestingSink sink(*file);
  if (auto written = write_bundle(sink, content, key, recipients); !written) return written.error();
  if (auto synced = file->sync(); !synced) return synced.error();
  if (auto named = platform::sync_folder(folder_); !named) return named.error();

  spool::BundleRow row{
      content.n, sink.digest(), {}, content.events, static_cast<std::int64_t>(sink.size()), {}};
  row.name = std::to_string(row.n) + '-' + row.digest.hex().substr(0, 8) + ".age";
  if (content.asks) row.asks = boost::json::serialize(content.asks->to_json());
  auto write = spool_.write();
  if (!write) return write.error();
  const auto taken = take_out(*write);
  if (!taken) return taken.error();
  if (!*taken) return std::optional<spool::BundleRow>();
  if (auto added = write->add_bundle(row); !added) return added.error();
  // Once the row is there the file counts, even if it never gets its name from us.
  file->keep();
  if (auto done = write->commit(); !done) return done.error();
  if (auto named = file->commit_as(folder_ / row.name); !named) return named.error();
  if (auto kept = keep_chain(row); !kept) return kept.error();
  // What was sealed is gone from the tables; now from the files, so that the next bundle finds the
  // room that this one took.
  if (auto gone = spool_.give_back(); !gone) return gone.error();
  return std::optional(std::move(row));
}

}  // namespace fieldnote::recorder
