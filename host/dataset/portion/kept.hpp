// What an export keeps in OUT.unfinished while it writes, so that it goes on from there when it was
// killed: a salt and the digest of what it makes of what (`head`), and each portion that is whole.
// Of other work nothing is used. No key is written, and no text that is not encrypted.
#pragma once

#include <functional>
#include <vector>

#include "dataset/portion/kept_key.hpp"
#include "dataset/portion/portion_reader.hpp"
#include "dataset/portion/portion_writer.hpp"
#include "dataset/release/keyed_hash.hpp"

namespace fieldnote::dataset {

class Kept {
 public:
  // Where in OUT.unfinished.
  static constexpr const char* folder_name = "kept";
  // Whether an export left anything there to go on from.
  [[nodiscard]] static bool is_in(const platform::fs::path& unfinished);

  // `work`: what must be the same for what is there to be of use, as the program must; else it is
  // removed.
  [[nodiscard]] static Result<Kept> open(const platform::fs::path& unfinished,
                                         std::span<const seal::X25519Identity> identities,
                                         const seal::Digest& work);

  // Whether a killed export had left anything, of use or not.
  [[nodiscard]] bool was_there() const { return was_there_; }

  // Whether the portion is there and all of it opens; else what is there of it is removed. Safe
  // from several threads.
  [[nodiscard]] bool has(std::size_t number) const;
  [[nodiscard]] Result<PortionWriter> create(std::size_t number) const {
    return PortionWriter::create(path_of(number), key_, number);
  }
  [[nodiscard]] Result<PortionReader> read(std::size_t number) const {
    return PortionReader::open(path_of(number), key_, number);
  }

  // For names that no seed gives: the same as long as this export is unfinished.
  [[nodiscard]] KeyedHash::Key key_of_names() const;

  // All of it: the dataset is whole.
  [[nodiscard]] Result<void> remove() const;

 private:
  Kept(platform::fs::path folder, KeptKey key) : folder_(std::move(folder)), key_(std::move(key)) {}
  [[nodiscard]] platform::fs::path path_of(std::size_t number) const;

  platform::fs::path folder_;
  KeptKey key_;
  bool was_there_ = false;
};

}  // namespace fieldnote::dataset
