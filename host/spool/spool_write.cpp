// The writing half of the spool: transactions.
#include "spool/row.hpp"

namespace fieldnote::spool {

Spool::Write::~Write() {
  // After a failed statement SQLite may have rolled back by itself; then there is nothing left to
  // undo.
  if (spool_ != nullptr) static_cast<void>(spool_->rollback_.run());
}

Result<void> Spool::Write::commit() {
  if (auto done = spool_->commit_.run(); !done) return done;
  if (news_) spool_->ring();
  spool_ = nullptr;
  return {};
}

Result<std::optional<std::uint64_t>> Spool::Write::next_seq(const StreamId& stream) {
  return spool_->next_seq(stream);
}

Result<void> Spool::Write::put(std::span<const SealedBatch> batches, std::int64_t terms) {
  if (batches.empty()) return {};
  for (const SealedBatch& batch : batches)
    if (auto put = spool_->put_.bind(1, platform::ByteView(batch.stream.bytes))
                       .bind(2, static_cast<std::int64_t>(batch.seq))
                       .bind(3, std::int64_t{line_schema})
                       .bind(4, terms)
                       .bind(5, batch.events)
                       .bind(6, spool_->clock_.use.count())
                       .bind(7, spool_->clock_.age.count())
                       .bind(8, platform::ByteView(batch.bytes))
                       .run();
        !put)
      return put;
  return spool_->set_next_seq_.bind(1, platform::ByteView(batches.back().stream.bytes))
      .bind(2, static_cast<std::int64_t>(batches.back().seq + 1))
      .run();
}

Result<void> Spool::Write::tick(const platform::Moment& now) {
  HoldClock& clock = spool_->clock_;
  if (auto read = spool_->read_clock(); !read) return read;
  clock.advance(now);
  auto keep = spool_->database_.prepare(
      "INSERT OR REPLACE INTO clock (id, use, age, wall, boot, since_boot, day, use_at_day, "
      "since_day) "
      "VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  if (!keep) return keep.error();
  return keep->bind(1, clock.use.count())
      .bind(2, clock.age.count())
      .bind(3, std::int64_t{clock.seen.wall.time_since_epoch().count()})
      .bind(4, clock.seen.boot)
      .bind(5, clock.seen.since_boot.count())
      .bind(6, std::int64_t{clock.day.time_since_epoch().count()})
      .bind(7, clock.use_at_day.count())
      .bind(8, clock.since_day.count())
      .run();
}

Result<std::map<std::string, std::uint64_t, std::less<>>> Spool::Write::take_gaps() {
  std::map<std::string, std::uint64_t, std::less<>> gaps;
  Statement* const query = &spool_->gap_;
  while (true) {
    auto more = query->step();
    if (!more) return more.error();
    if (!*more) break;
    gaps[std::string(query->text(0))] = static_cast<std::uint64_t>(query->number(1));
  }
  if (!gaps.empty())
    if (auto cleared = spool_->database_.run("DELETE FROM gap"); !cleared) return cleared.error();
  return gaps;
}

Result<void> Spool::Write::add_gap(std::string_view reason, std::int64_t count) {
  auto add = spool_->database_.prepare(
      "INSERT INTO gap (reason, count) VALUES (?1, ?2) ON CONFLICT (reason) DO UPDATE SET count = "
      "count + ?2");
  if (!add) return add.error();
  return add->bind(1, reason).bind(2, count).run();
}

Result<std::int64_t> Spool::Write::delete_older_than(std::chrono::days days) {
  const std::int64_t last = (spool_->clock_.age - std::chrono::seconds(days)).count();
  auto count =
      spool_->database_.prepare("SELECT coalesce(sum(events), 0) FROM held WHERE age < ?1");
  if (!count) return count.error();
  if (auto row = count->bind(1, last).step(); !row) return row.error();
  const std::int64_t events = count->number(0);
  count->reset();
  auto remove = spool_->database_.prepare("DELETE FROM held WHERE age < ?1");
  if (!remove) return remove.error();
  if (auto removed = remove->bind(1, last).run(); !removed) return removed.error();
  return events;
}

Result<std::int64_t> Spool::Write::terms_row(const Terms& terms) {
  const auto bind = [&](Statement& statement) -> Statement& {
    return statement.bind(1, platform::ByteView(terms.policy.bytes))
        .bind(2, platform::ByteView(terms.notice.bytes))
        .bind(3, platform::ByteView(terms.receipt.bytes))
        .bind(4, terms.organisation)
        .bind(5, std::int64_t{terms.min_participants})
        .bind(6, terms.recipients)
        .bind(7, terms.window.count());
  };
  auto make = spool_->database_.prepare(
      "INSERT OR IGNORE INTO terms (policy, notice, receipt, organisation, min_participants, "
      "recipients, window, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  if (!make) return make.error();
  const seal::Digest digest = digest_of(terms);
  if (auto made = bind(*make).bind(8, platform::ByteView(digest.bytes)).run(); !made)
    return made.error();
  auto find = spool_->database_.prepare(
      "SELECT id FROM terms WHERE policy = ?1 AND notice = ?2 AND receipt = ?3 AND organisation = "
      "?4 AND min_participants = ?5 AND recipients = ?6 AND window = ?7");
  if (!find) return find.error();
  auto row = bind(*find).step();
  if (!row) return row.error();
  if (!*row) return damaged(spool_->folder_, "a row that was just written is not there");
  return find->number(0);
}

Result<void> Spool::Write::add_consent(const Consent& consent) {
  news_ = true;
  auto add =
      spool_->database_.prepare("INSERT INTO consent (notice, yes, receipt) VALUES (?1, ?2, ?3)");
  if (!add) return add.error();
  return add->bind(1, platform::ByteView(consent.notice.bytes))
      .bind(2, std::int64_t{consent.yes ? 1 : 0})
      .bind(3, consent.receipt)
      .run();
}

Result<bool> Spool::Write::take_out(const HeldRow& row) {
  auto take = spool_->database_.prepare("DELETE FROM held WHERE id = ?1 AND version = ?2");
  if (!take) return take.error();
  if (auto taken = take->bind(1, row.id).bind(2, row.version).run(); !taken) return taken.error();
  return spool_->database_.changes() == 1;
}

Result<bool> Spool::Write::rewrite(const HeldRow& row, const SealedBatch& batch) {
  auto put = spool_->database_.prepare(
      "UPDATE held SET sealed = ?3, events = ?4, schema = ?5, version = version + 1 WHERE id = ?1 "
      "AND version = ?2");
  if (!put) return put.error();
  if (auto done = put->bind(1, row.id)
                      .bind(2, row.version)
                      .bind(3, platform::ByteView(batch.bytes))
                      .bind(4, batch.events)
                      .bind(5, std::int64_t{line_schema})
                      .run();
      !done)
    return done.error();
  return spool_->database_.changes() == 1;
}

Result<void> Spool::Write::add_bundle(const BundleRow& bundle) {
  auto add = spool_->database_.prepare(
      "INSERT INTO bundle (n, digest, name, events, bytes, asks) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  if (!add) return add.error();
  if (bundle.asks.empty())
    add->bind(6, nullptr);
  else
    add->bind(6, bundle.asks);
  return add->bind(1, bundle.n)
      .bind(2, platform::ByteView(bundle.digest.bytes))
      .bind(3, bundle.name)
      .bind(4, bundle.events)
      .bind(5, bundle.bytes)
      .run();
}

}  // namespace fieldnote::spool
