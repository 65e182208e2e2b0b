#include "document/asset_catalogs.h"

#include <fstream>
#include <random>

#include "document/asset.h"
#include "support.h"

namespace kiln {
namespace {

constexpr const char* one = "2f4b6c12-1c33-4b7c-8e9c-b40a2c1f8c11";
constexpr const char* two = "0f4b6c12-1c33-4b7c-8e9c-b40a2c1f8c12";

AssetCatalogs parsed(const std::string& text, std::vector<std::string>* warnings = nullptr) {
  std::vector<std::string> own;
  Result<AssetCatalogs> catalogs = AssetCatalogs::parse(text, "test", warnings ? *warnings : own);
  EXPECT_TRUE(catalogs) << catalogs.error().message;
  return catalogs ? *catalogs : AssetCatalogs();
}

TEST(AssetCatalogs, AreReadFromTheirText) {
  const AssetCatalogs catalogs = parsed(
      fmt::format("# mine\r\n\r\nVERSION 1\r\n{}:wood/oak:Oak\r\n{}: stone / :\n", one, two));

  ASSERT_EQ(catalogs.all().size(), 2u);
  EXPECT_EQ(catalogs.all()[0].path, "stone");
  EXPECT_EQ(catalogs.all()[1].path, "wood/oak");
  EXPECT_EQ(catalogs.find(*parse_dashed(one))->simple_name, "Oak");
}

TEST(AssetCatalogs, LeaveOutWhatIsNoCatalog) {
  std::vector<std::string> warnings;
  const AssetCatalogs catalogs =
      parsed(fmt::format("VERSION 1\nnonsense\n{}::x\n{}:a:a\n{}:again:b\n:::\n", one, two, two),
             &warnings);

  EXPECT_EQ(catalogs.all().size(), 1u);
  EXPECT_EQ(warnings.size(), 4u);
}

TEST(AssetCatalogs, RefuseOtherVersions) {
  std::vector<std::string> warnings;

  EXPECT_FALSE(AssetCatalogs::parse("VERSION 2\n", "test", warnings));
  EXPECT_FALSE(AssetCatalogs::parse(fmt::format("{}:a:a\n", one), "test", warnings));
}

TEST(AssetCatalogs, MoveWhatLiesBelowWhenRenamed) {
  AssetCatalogs catalogs;
  const AssetCatalog parent = catalogs.add("", "wood");
  const AssetCatalog child = catalogs.add("wood", "oak");
  catalogs.add("", "woodwork");

  EXPECT_TRUE(catalogs.rename(parent.id, "timber"));

  EXPECT_EQ(catalogs.find(child.id)->path, "timber/oak");
  EXPECT_EQ(catalogs.all().back().path, "woodwork");
  EXPECT_EQ(catalogs.remove(parent.id), 2);
}

TEST(AssetCatalogs, GiveFreePaths) {
  AssetCatalogs catalogs;
  catalogs.add("", "wood");

  EXPECT_EQ(catalogs.add("", "wood").path, "wood.001");
  EXPECT_EQ(catalogs.add(" /a:b//", "c").path, "a-b/c");
}

TEST_F(DocumentFileTest, CatalogsOfOthersStayInTheFile) {
  const Path file = folder / AssetCatalogs::file_name;
  AssetCatalogs mine;
  const AssetCatalog gone = mine.add("", "gone");
  ASSERT_TRUE(mine.write(file));
  AssetCatalogs theirs = mine;
  const AssetCatalog added = theirs.add("", "theirs");
  ASSERT_TRUE(theirs.write(file));

  mine.remove(gone.id);
  ASSERT_TRUE(mine.write(file));

  const Result<AssetCatalogs> now = AssetCatalogs::read(file, warnings);
  ASSERT_TRUE(now);
  EXPECT_TRUE(now->find(added.id));
  EXPECT_FALSE(now->find(gone.id));
}

// What survives reading is written and read again unchanged.
TEST(AssetCatalogs, SurviveRandomTexts) {
  const std::string good = fmt::format("# c\nVERSION 1\n{}:wood/oak:Oak\n{}:stone:\n", one, two);
  std::mt19937 random(11);
  for (int round = 0; round < 20000; ++round) {
    std::string text = good;
    for (int edits = 1 + int(random() % 4); edits > 0; --edits) {
      const std::size_t at = random() % (text.size() + 1);
      switch (random() % 4) {
        case 0:
          text.insert(at, 1, char(random()));
          break;
        case 1:
          text.erase(at, random() % 20);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), random() % 60));
          break;
        default:
          if (at < text.size()) {
            text[at] = char(random());
          }
          break;
      }
    }
    std::vector<std::string> warnings;
    const Result<AssetCatalogs> catalogs = AssetCatalogs::parse(text, "test", warnings);
    if (catalogs) {
      ASSERT_EQ(parsed(catalogs->text()).text(), catalogs->text()) << text;
    }
  }
}

}  // namespace
}  // namespace kiln
