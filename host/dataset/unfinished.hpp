// The folder that a dataset is written into until it is whole, `OUT.unfinished` beside where it is
// to be. It gets its name in one step: under that there is a whole dataset or none. What a killed
// export left is removed by the next one to the same place, but for what that can go on from
// (Kept).
#pragma once

#include "platform/file.hpp"

namespace fieldnote::dataset {

class Unfinished {
 public:
  // Refuses an `out` in which there is something, and one that another export writes just now.
  [[nodiscard]] static Result<Unfinished> make(const platform::fs::path& out);
  Unfinished(Unfinished&&) noexcept = default;
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  // Removes all of it, if it was not finished and there is nothing to go on from.
  ~Unfinished();

  [[nodiscard]] const platform::fs::path& folder() const { return folder_; }

  // All in it is written. From now on, also after a loss of power, it is there under its name.
  [[nodiscard]] Result<void> finish();

 private:
  Unfinished(platform::fs::path out, platform::fs::path folder, platform::Descriptor lock)
      : out_(std::move(out)), folder_(std::move(folder)), lock_(std::move(lock)) {}

  platform::fs::path out_, folder_;
  platform::Descriptor lock_;  // on the folder, as long as we write; none: it is finished
};

}  // namespace fieldnote::dataset
