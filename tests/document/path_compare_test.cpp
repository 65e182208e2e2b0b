#include "document/path_compare.h"

#include <gtest/gtest.h>

#include "document/preferences.h"

namespace kiln {
namespace {

TEST(PathCompare, AFolderStandsForWhatIsInIt) {
  const PathCompare folder{"/home/a/shared", false};

  EXPECT_TRUE(folder.matches("/home/a/shared/x.kiln"));
  EXPECT_TRUE(folder.matches("/home/a/shared/deep/x.kiln"));
  EXPECT_TRUE(folder.matches("/home/a/shared"));
  EXPECT_FALSE(folder.matches("/home/a/shared_by_me/x.kiln"));
  EXPECT_FALSE(folder.matches("/home/a/x.kiln"));
  EXPECT_TRUE((PathCompare{"/home/a/shared/", false}.matches("/home/a/shared/x.kiln")));
}

TEST(PathCompare, PatternsStandForManyPaths) {
  const PathCompare pattern{"/mnt/*/incoming/*.kiln", true};

  EXPECT_TRUE(pattern.matches("/mnt/b/incoming/x.kiln"));
  EXPECT_FALSE(pattern.matches("/mnt/b/outgoing/x.kiln"));
  EXPECT_FALSE((PathCompare{"/mnt/*", false}.matches("/mnt/b")));
}

TEST(PathCompare, NothingStandsForNothing) {
  EXPECT_FALSE((PathCompare{"", false}.matches("/x.kiln")));
  EXPECT_FALSE((PathCompare{"", true}.matches("")));
}

TEST(Preferences, ScriptsRunWhereTheyMayAndAreNotExcluded) {
  Preferences preferences;
  EXPECT_FALSE(preferences.runs_scripts_of("/a/x.kiln"));
  preferences.filepaths.use_scripts_auto_execute = true;
  EXPECT_TRUE(preferences.runs_scripts_of("/a/x.kiln"));
  preferences.autoexec_paths.add(PathCompare{"/b", false});
  preferences.autoexec_paths.add(PathCompare{"/a", false});
  EXPECT_FALSE(preferences.runs_scripts_of("/a/x.kiln"));
  EXPECT_TRUE(preferences.runs_scripts_of("/c/x.kiln"));
}

}  // namespace
}  // namespace kiln
