// Bundles on the organisation's side: nothing is believed before its signature.
#include "dataset/reading/bundle_reader.hpp"

#include <boost/test/unit_test.hpp>

#include "bundle_fixture.hpp"
#include "held_lines.hpp"

namespace fieldnote::dataset {
namespace {

using testing::a_bundle;
using testing::contains;
using testing::header_line;
using testing::held_line;
using testing::sealed;
using testing::signed_text;

struct Folder : testing::TemporaryFolder {
  platform::fs::path file = *this / "1.age";

  Result<Bundle> read(std::string_view bytes) const {
    testing::write_file(file, bytes);
    return read_bundle(file, {&testing::organisation_key(), 1});
  }
  // Refused with one sentence that names the file.
  Error refused(std::string_view bytes) const {
    auto bundle = read(bytes);
    BOOST_TEST_REQUIRE(bundle.has_error());
    const std::string& sentence = bundle.error().sentence;
    BOOST_TEST(sentence.starts_with(file.string() + ": "), sentence);
    BOOST_TEST(!contains(sentence, "\n"));
    return bundle.error();
  }
  void check_refused(const std::string& text, BundleError code, std::string_view word) const {
    const Error error = refused(sealed(text));
    BOOST_TEST_CONTEXT(error.sentence) {
      BOOST_TEST(error.code == make_error_code(code));
      BOOST_TEST(contains(error.sentence, word));
    }
  }
};

BOOST_FIXTURE_TEST_SUITE(bundle_reader, Folder)

BOOST_AUTO_TEST_CASE(a_good_bundle_reads_fully) {
  const std::string lines = held_line(1) + held_line(2);
  const std::string bytes = a_bundle(lines, 4);
  const auto bundle = read(bytes);
  BOOST_TEST_REQUIRE(bundle.has_value());
  BOOST_TEST(bundle->lines == lines);
  BOOST_TEST(bundle->events == 2);
  BOOST_TEST(bundle->n == 4);
  BOOST_TEST(!bundle->previous.has_value());
  BOOST_TEST((bundle->participant == testing::a_participant().public_key()));
  BOOST_TEST((bundle->digest == seal::sha256(platform::as_bytes(bytes))));
  BOOST_TEST(bundle->ledger.recorded.at("click") == 2U);
  BOOST_TEST(read(a_bundle("")).value().lines.empty());
}

BOOST_AUTO_TEST_CASE(what_was_read_reads_again_as_long_as_it_is_the_same_file) {
  const auto first = read(a_bundle(held_line(1)));
  const auto read_again = [&] {
    return read_bundle_again(file, {&testing::organisation_key(), 1}, first->digest);
  };
  BOOST_TEST(read_again().value().lines == first->lines);
  BOOST_TEST((read_again().value().digest == first->digest));
  testing::write_file(file, a_bundle(held_line(1)));  // the same, sealed anew
  BOOST_TEST(contains(read_again().error().sentence, "changed while it was read"));
}

BOOST_AUTO_TEST_CASE(every_flipped_byte_is_noticed) {
  std::string bytes = a_bundle(held_line(1));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(bytes[i] ^ 1);
    const auto bundle = read(bytes);
    BOOST_TEST_REQUIRE(bundle.has_error(), "byte " << i);
    BOOST_TEST(bundle.error().sentence.starts_with(file.string() + ": "));
    bytes[i] = static_cast<char>(bytes[i] ^ 1);
  }
}

BOOST_AUTO_TEST_CASE(cut_anywhere_or_with_more_behind_it_is_refused) {
  const std::string bytes = a_bundle(held_line(1));
  for (std::size_t size = 0; size < bytes.size(); size += 7) refused(bytes.substr(0, size));
  refused(bytes + "x");
  refused(bytes + bytes);
}

BOOST_AUTO_TEST_CASE(what_was_not_sealed_to_us_is_refused) {
  testing::write_file(file, a_bundle(held_line(1)));
  const auto other = seal::X25519Identity::generate();
  const auto bundle = read_bundle(file, {&other, 1});
  BOOST_TEST_REQUIRE(bundle.has_error());
  BOOST_TEST(bundle.error().sentence.starts_with(file.string() + ": "));
  refused("no bundle at all");
  const auto missing = read_bundle(*this / "missing.age", {&other, 1});
  BOOST_TEST(contains(missing.error().sentence, "missing.age: No such file"));
}

BOOST_AUTO_TEST_CASE(what_was_changed_after_it_was_signed_is_refused) {
  // Whoever knows the recipient can seal; only the participant can sign.
  const std::string good = signed_text(header_line(1) + held_line(1, "Save"));
  const auto change = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
  };
  check_refused(change("Save", "Send"), BundleError::bad_signature, "changed after it was sealed");
  check_refused(change("\"n\":1", "\"n\":2"), BundleError::bad_signature, "signature");
  check_refused(change(testing::a_participant(1).public_key().text(),
                       testing::a_participant(2).public_key().text()),
                BundleError::bad_signature, "signature");
  check_refused(signed_text(header_line(1) + held_line(1), testing::a_participant(2)),
                BundleError::bad_signature, "signature");
}

BOOST_AUTO_TEST_CASE(a_newer_schema_is_refused_with_what_to_do) {
  check_refused(signed_text(header_line(1, 1, 2) + held_line(1)), BundleError::newer_schema,
                "schema 2");
}

BOOST_AUTO_TEST_CASE(what_is_no_bundle_inside_is_refused) {
  using enum BundleError;
  const std::string header = header_line(1);
  const std::string whole = signed_text(header + held_line(1));
  check_refused("", not_a_bundle, "last line");
  check_refused("\n", not_a_bundle, "two lines");
  check_refused(whole.substr(0, whole.size() - 1), not_a_bundle, "last line has no end");
  check_refused(header + held_line(1), not_a_bundle, "no signature");
  check_refused(signed_text(held_line(1)), not_a_bundle, "no header");
  check_refused(signed_text("nonsense\n"), not_a_bundle, "first line is not JSON");
  check_refused(signed_text("[]\n"), not_a_bundle, "no object");
  check_refused(signed_text(header_line(1, 1, 0) + held_line(1)), not_a_bundle, "schema");
  check_refused(signed_text(header_line(1, 0) + held_line(1)), not_a_bundle, "no number");
  check_refused(signed_text(header_line(2) + held_line(1)), not_a_bundle, "counts other events");
  check_refused(signed_text(header_line(0) + held_line(1)), not_a_bundle, "counts other events");
  check_refused(signed_text(R"({"kind":"header","schema":1,"schema":1})"
                            "\n"),
                not_a_bundle, "stands twice");
  std::string unasked = header_line(1);
  unasked.replace(unasked.find("\"receipt\":\"") + 11, 64, "none");
  check_refused(signed_text(unasked + held_line(1)), not_a_bundle, "names no receipt");
  check_refused(header + held_line(1) + "{\"kind\":\"signature\",\"ed25519\":\"AAAA\"}\n",
                not_a_bundle, "no signature");
}

BOOST_AUTO_TEST_CASE(what_opens_to_more_than_a_sealer_makes_is_refused) {
  const Error error = refused(sealed(std::string(max_bundle_text + 1, '\n')));
  BOOST_TEST(error.code == make_error_code(BundleError::too_large));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
