#include "recorder/sealer.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <sstream>

#include "platform/calendar.hpp"
#include "recorder/bundle_writer.hpp"
#include "recorder/ledger_line.hpp"

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

// The kind of an event line, which begins with it.
std::string_view kind_of(std::string_view line) {
  constexpr std::string_view beginning = R"({"kind":")";
  if (!line.starts_with(beginning)) return {};
  line.remove_prefix(beginning.size());
  return line.substr(0, line.find('"'));
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

// The last bundle by the table or, where that was lost with a damaged database, by the file that is
// kept beside it. A row without a digest (n = 0) where there was none.
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
  if (digest && n > last.n) {
    last.n = n;
    last.digest = *digest;
  }
  return last;
}

Result<void> Sealer::keep_chain(const spool::BundleRow& row) {
  auto file = platform::DurableFile::create(chain_path(spool_), 0600, true);
  if (!file) return file.error();
  const std::string text = std::to_string(row.n) + ' ' + row.digest.hex() + '\n';
  if (auto written = file->write(platform::as_bytes(text)); !written) return written;
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
        if (!*due) return group;
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

  auto before = last_bundle();
  if (!before) return before.error();
  BundleContent content;
  content.n = before->n + 1;
  if (before->n > 0) content.previous = before->digest;
  content.terms = std::move(**terms);
  content.week =
      platform::iso_week(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  for (const spool::HeldRow& row : group.rows) {
    // Bytes that changed on the disk cannot be sealed; that they are missing is said.
    if (row.damaged) content.ledger.lost["damaged"] += static_cast<std::uint64_t>(row.events);
    std::string_view rest = row.lines;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n') + 1);
      rest.remove_prefix(line.size());
      if (const auto ledger = parse_ledger_line(line)) {
        content.ledger.add(*ledger);
        continue;
      }
      ++content.ledger.recorded[std::string(kind_of(line))];
      ++content.events;
      content.lines += line;
    }
  }

  auto file = platform::DurableFile::create_as(part_path(folder_, content.n),
                                               part_path(folder_, content.n), 0600);
  if (!file) return file.error();
  DigestingSink sink(*file);
  if (auto written = write_bundle(sink, content, key, recipients); !written) return written.error();
  if (auto synced = file->sync(); !synced) return synced.error();
  if (auto named = platform::sync_folder(folder_); !named) return named.error();

  spool::BundleRow row{
      content.n, sink.digest(), {}, content.events, static_cast<std::int64_t>(sink.size())};
  row.name = std::to_string(row.n) + '-' + row.digest.hex().substr(0, 8) + ".age";
  auto write = spool_.write();
  if (!write) return write.error();
  for (const spool::HeldRow& held : group.rows) {
    auto taken = write->take_out(held);
    if (!taken) return taken.error();
    // Somebody deleted from it meanwhile: what was written is thrown away with the temporary file,
    // and the caller of a sealing may try again.
    if (!*taken) {
      report.left.emplace_back(
          "a batch changed while it was sealed; it stays held until the next sealing");
      return std::optional<spool::BundleRow>();
    }
  }
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
