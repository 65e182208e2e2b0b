#include "core/atomic_file.h"

#include <csignal>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

namespace kiln {
namespace {

using testing::HasSubstr;

class AtomicFileTest : public testing::Test {
protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / fmt::format("kiln_atomic_file_{}", ::getpid());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string content(const Path& path) const {
    std::ifstream stream(path);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::size_t files_in_folder() const {
    return std::size_t(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }
  static std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
  }

  Path folder_;
};

TEST_F(AtomicFileTest, AppearsWhenItIsCommitted) {
  const Path target = folder_ / "picture.png";
  Result<AtomicFile> file = AtomicFile::create(target);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write(bytes("content")));
  EXPECT_FALSE(std::filesystem::exists(target));

  ASSERT_TRUE(file->commit());

  EXPECT_EQ(content(target), "content");
  EXPECT_EQ(files_in_folder(), 1u);
}

TEST_F(AtomicFileTest, LeavesTheOldFileAloneUntilThen) {
  const Path target = folder_ / "scene.kiln";
  std::ofstream(target) << "old";
  {
    Result<AtomicFile> file = AtomicFile::create(target);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write(bytes("half of the new")));
  }

  EXPECT_EQ(content(target), "old");
  EXPECT_EQ(files_in_folder(), 1u);
}

TEST_F(AtomicFileTest, KeepsPermissionsAndLinks) {
  const Path target = folder_ / "real", link = folder_ / "link";
  std::ofstream(target) << "old";
  std::filesystem::permissions(target, std::filesystem::perms(0640));
  std::filesystem::create_symlink(target, link);

  Result<AtomicFile> file = AtomicFile::create(link);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write(bytes("new")));
  ASSERT_TRUE(file->commit());

  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(content(target), "new");
  EXPECT_EQ(std::filesystem::status(target).permissions(), std::filesystem::perms(0640));
}

TEST_F(AtomicFileTest, GoesBackToFillInWhatCameLater) {
  const Path target = folder_ / "table";
  Result<AtomicFile> file = AtomicFile::create(target);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write(bytes("....body")));
  ASSERT_TRUE(file->seek(0));
  ASSERT_TRUE(file->write(bytes("head")));
  ASSERT_TRUE(file->commit());

  EXPECT_EQ(content(target), "headbody");
}

TEST_F(AtomicFileTest, NamesTheFileThatCannotBeMade) {
  EXPECT_THAT(AtomicFile::create(folder_ / "missing" / "file").error().message,
              HasSubstr("missing/file"));
  EXPECT_THAT(AtomicFile::create(folder_).error().message, HasSubstr("is a folder"));
  EXPECT_FALSE(AtomicFile::create(""));
}

TEST_F(AtomicFileTest, AFullDiskIsAnErrorAndLeavesNothing) {
  const Path target = folder_ / "large";
  // A limit on file sizes stands in for the full disk; without the handler its signal would end the
  // program.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before;
  ::getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 1000;
  ::setrlimit(RLIMIT_FSIZE, &small);
  std::string message;
  {
    Result<AtomicFile> file = AtomicFile::create(target);
    ASSERT_TRUE(file);
    const Result<void> written = file->write(std::vector<std::byte>(5000));
    ASSERT_FALSE(written);
    message = written.error().message;
  }
  ::setrlimit(RLIMIT_FSIZE, &before);

  EXPECT_THAT(message, HasSubstr("large"));
  EXPECT_EQ(files_in_folder(), 0u);
}

TEST_F(AtomicFileTest, ReadsWholeFilesAndTheirBeginnings) {
  const Path target = folder_ / "text";
  std::ofstream(target) << "0123456789";

  EXPECT_EQ(read_file(target)->size(), 10u);
  EXPECT_EQ(read_file(target, 4)->size(), 4u);
  EXPECT_EQ(MappedFile::open(target)->bytes().size(), 10u);
  EXPECT_FALSE(read_file(folder_ / "none"));
  EXPECT_FALSE(read_file(folder_));
}

TEST(MemoryOutput, KeepsWhatIsWritten) {
  MemoryOutput output;
  const std::byte two[] = {std::byte(1), std::byte(2)};

  ASSERT_TRUE(output.write(two));
  ASSERT_TRUE(output.seek(1));
  ASSERT_TRUE(output.write(two));

  EXPECT_EQ(output.take(), (std::vector<std::byte>{std::byte(1), std::byte(1), std::byte(2)}));
  EXPECT_FALSE(output.seek(10));
}

}  // namespace
}  // namespace kiln
