#include "recorder/bundle_writer.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "seal/age_writer.hpp"
#include "seal/base64.hpp"
#include "seal/zstd_stream.hpp"

namespace fieldnote::recorder {
namespace {

constexpr int zstd_level = 9;

std::string header_line(const BundleContent& content, const seal::ParticipantKey& key) {
  boost::json::object header{{"kind", "header"},
                             {"schema", spool::Spool::line_schema},
                             {"program", "fieldnote " FIELDNOTE_VERSION},
                             {"participant", key.public_key().text()},
                             {"n", content.n},
                             {"previous", nullptr},
                             {"organisation", content.terms.organisation},
                             {"policy", content.terms.policy.hex()},
                             {"notice", content.terms.notice.hex()},
                             {"receipt", content.terms.receipt.hex()},
                             {"week", content.week},
                             {"events", content.events},
                             {"min_participants", content.terms.min_participants},
                             {"ledger", content.ledger.to_json()}};
  if (content.synthetic) header["synthetic"] = true;
  if (!content.tasks.empty()) {
    boost::json::array& tasks = header["tasks"].emplace_array();
    for (const spool::Task& task : content.tasks) {
      boost::json::object told{{"task", task.id}};
      if (task.leaves) told["words"] = *task.leaves;
      if (task.own) told["own"] = true;
      if (task.outcome) told["outcome"] = *task.outcome;
      tasks.push_back(std::move(told));
    }
  }
  if (content.asks) header["asks"] = content.asks->to_json();
  if (content.previous) header["previous"] = content.previous->hex();
  return boost::json::serialize(header) + '\n';
}

}  // namespace

Result<void> write_bundle(platform::ByteSink& sink, const BundleContent& content,
                          const seal::ParticipantKey& key,
                          std::span<const seal::X25519Recipient> recipients) {
  std::string text = header_line(content, key) + content.lines;
  const seal::Signature signature = key.sign(platform::as_bytes(text));
  text += boost::json::serialize(boost::json::object{
              {"kind", "signature"},
              {"ed25519", seal::base64_encode(signature, seal::Base64Padding::padded)}}) +
          '\n';

  auto age = seal::AgeWriter::open(sink, recipients);
  if (!age) return age.error();
  seal::ZstdWriter zstd(*age, zstd_level);
  if (auto written = zstd.write(platform::as_bytes(text)); !written) return written;
  if (auto finished = zstd.finish(); !finished) return finished;
  return age->finish();
}

}  // namespace fieldnote::recorder
