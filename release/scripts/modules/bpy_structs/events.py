"""Names of keys, buttons and events, with the numbers the interface gives them."""
from bpy.props import EnumProperty

# identifier|label|number
TYPES = """\
NONE||0  LEFTMOUSE|Left Mouse|1  MIDDLEMOUSE|Middle Mouse|2  RIGHTMOUSE|Right Mouse|3  BUTTON4MOUSE|Button4 Mouse|7  BUTTON5MOUSE|Button5 Mouse|8
BUTTON6MOUSE|Button6 Mouse|18  BUTTON7MOUSE|Button7 Mouse|19  PEN|Pen|26  ERASER|Eraser|27  MOUSEMOVE|Mouse Move|4  INBETWEEN_MOUSEMOVE|In-between Move|17
TRACKPADPAN|Mouse/Trackpad Pan|14  TRACKPADZOOM|Mouse/Trackpad Zoom|15  MOUSEROTATE|Mouse/Trackpad Rotate|16
MOUSESMARTZOOM|Mouse/Trackpad Smart Zoom|23  WHEELUPMOUSE|Wheel Up|10  WHEELDOWNMOUSE|Wheel Down|11  WHEELINMOUSE|Wheel In|12  WHEELOUTMOUSE|Wheel Out|13
A|A|97  B|B|98  C|C|99  D|D|100  E|E|101  F|F|102  G|G|103  H|H|104  I|I|105  J|J|106  K|K|107  L|L|108  M|M|109  N|N|110  O|O|111  P|P|112  Q|Q|113  R|R|114  S|S|115
T|T|116  U|U|117  V|V|118  W|W|119  X|X|120  Y|Y|121  Z|Z|122  ZERO|0|48  ONE|1|49  TWO|2|50  THREE|3|51  FOUR|4|52  FIVE|5|53  SIX|6|54  SEVEN|7|55  EIGHT|8|56
NINE|9|57  LEFT_CTRL|Left Ctrl|212  LEFT_ALT|Left Alt|213  LEFT_SHIFT|Left Shift|217  RIGHT_ALT|Right Alt|214  RIGHT_CTRL|Right Ctrl|215
RIGHT_SHIFT|Right Shift|216  OSKEY|OS Key|172  APP|Application|178  GRLESS|Grless|173  ESC|Esc|218  TAB|Tab|219  RET|Return|220  SPACE|Spacebar|221
LINE_FEED|Line Feed|222  BACK_SPACE|Backspace|223  DEL|Delete|224  SEMI_COLON|;|225  PERIOD|.|226  COMMA|,|227  QUOTE|"|228  ACCENT_GRAVE|`|229  MINUS|-|230
PLUS|+|231  SLASH|/|232  BACK_SLASH|\\|233  EQUAL|=|234  LEFT_BRACKET|[|235  RIGHT_BRACKET|]|236  LEFT_ARROW|Left Arrow|137  DOWN_ARROW|Down Arrow|138
RIGHT_ARROW|Right Arrow|139  UP_ARROW|Up Arrow|140  NUMPAD_2|Numpad 2|152  NUMPAD_4|Numpad 4|154  NUMPAD_6|Numpad 6|156  NUMPAD_8|Numpad 8|158
NUMPAD_1|Numpad 1|151  NUMPAD_3|Numpad 3|153  NUMPAD_5|Numpad 5|155  NUMPAD_7|Numpad 7|157  NUMPAD_9|Numpad 9|159  NUMPAD_PERIOD|Numpad .|199
NUMPAD_SLASH|Numpad /|161  NUMPAD_ASTERIX|Numpad *|160  NUMPAD_0|Numpad 0|150  NUMPAD_MINUS|Numpad -|162  NUMPAD_ENTER|Numpad Enter|163
NUMPAD_PLUS|Numpad +|164  F1|F1|300  F2|F2|301  F3|F3|302  F4|F4|303  F5|F5|304  F6|F6|305  F7|F7|306  F8|F8|307  F9|F9|308  F10|F10|309  F11|F11|310
F12|F12|311  F13|F13|312  F14|F14|313  F15|F15|314  F16|F16|315  F17|F17|316  F18|F18|317  F19|F19|318  F20|F20|319  F21|F21|320  F22|F22|321  F23|F23|322
F24|F24|323  PAUSE|Pause|165  INSERT|Insert|166  HOME|Home|167  PAGE_UP|Page Up|168  PAGE_DOWN|Page Down|169  END|End|170  MEDIA_PLAY|Media Play/Pause|174
MEDIA_STOP|Media Stop|175  MEDIA_FIRST|Media First|176  MEDIA_LAST|Media Last|177  TEXTINPUT|Text Input|-2  WINDOW_DEACTIVATE|Window Deactivate|260
TIMER|Timer|272  TIMER0|Timer 0|273  TIMER1|Timer 1|274  TIMER2|Timer 2|275  TIMER_JOBS|Timer Jobs|276  TIMER_AUTOSAVE|Timer Autosave|277
TIMER_REPORT|Timer Report|278  TIMERREGION|Timer Region|279  NDOF_MOTION|NDOF Motion|400  NDOF_BUTTON_MENU|NDOF Menu|401  NDOF_BUTTON_FIT|NDOF Fit|402
NDOF_BUTTON_TOP|NDOF Top|403  NDOF_BUTTON_BOTTOM|NDOF Bottom|404  NDOF_BUTTON_LEFT|NDOF Left|405  NDOF_BUTTON_RIGHT|NDOF Right|406
NDOF_BUTTON_FRONT|NDOF Front|407  NDOF_BUTTON_BACK|NDOF Back|408  NDOF_BUTTON_ISO1|NDOF Isometric 1|409  NDOF_BUTTON_ISO2|NDOF Isometric 2|410
NDOF_BUTTON_ROLL_CW|NDOF Roll CW|411  NDOF_BUTTON_ROLL_CCW|NDOF Roll CCW|412  NDOF_BUTTON_SPIN_CW|NDOF Spin CW|413
NDOF_BUTTON_SPIN_CCW|NDOF Spin CCW|414  NDOF_BUTTON_TILT_CW|NDOF Tilt CW|415  NDOF_BUTTON_TILT_CCW|NDOF Tilt CCW|416  NDOF_BUTTON_ROTATE|NDOF Rotate|417
NDOF_BUTTON_PANZOOM|NDOF Pan/Zoom|418  NDOF_BUTTON_DOMINANT|NDOF Dominant|419  NDOF_BUTTON_PLUS|NDOF Plus|420  NDOF_BUTTON_MINUS|NDOF Minus|421
NDOF_BUTTON_V1|NDOF View 1|422  NDOF_BUTTON_V2|NDOF View 2|423  NDOF_BUTTON_V3|NDOF View 3|424  NDOF_BUTTON_1|NDOF Button 1|426
NDOF_BUTTON_2|NDOF Button 2|427  NDOF_BUTTON_3|NDOF Button 3|428  NDOF_BUTTON_4|NDOF Button 4|429  NDOF_BUTTON_5|NDOF Button 5|430
NDOF_BUTTON_6|NDOF Button 6|431  NDOF_BUTTON_7|NDOF Button 7|432  NDOF_BUTTON_8|NDOF Button 8|433  NDOF_BUTTON_9|NDOF Button 9|434
NDOF_BUTTON_10|NDOF Button 10|435  NDOF_BUTTON_A|NDOF Button A|436  NDOF_BUTTON_B|NDOF Button B|437  NDOF_BUTTON_C|NDOF Button C|438
ACTIONZONE_AREA|ActionZone Area|20480  ACTIONZONE_REGION|ActionZone Region|20481  ACTIONZONE_FULLSCREEN|ActionZone Fullscreen|20497
XR_ACTION|XR Action|20528
"""
TYPE_ITEMS = [(identifier, label, "", "NONE", int(number))
              for identifier, label, number in (item.split("|", 1)[:1] + item.split("|", 1)[1].rsplit("|", 1) for item in TYPES.strip().replace("\n", "  ").split("  "))]
TYPE_NAMES = {item[0] for item in TYPE_ITEMS}
VALUE_ITEMS = [("ANY", "Any", "", "NONE", -1), ("PRESS", "Press", "", "NONE", 1), ("RELEASE", "Release", "", "NONE", 2), ("CLICK", "Click", "", "NONE", 3),
               ("DOUBLE_CLICK", "Double Click", "", "NONE", 4), ("CLICK_DRAG", "Click Drag", "", "NONE", 5), ("NOTHING", "Nothing", "", "NONE", 0)]
VALUE_NAMES = {item[0] for item in VALUE_ITEMS}
DIRECTION_ITEMS = [("ANY", "Any", "", "NONE", -1), ("NORTH", "North", "", "NONE", 1), ("NORTH_EAST", "North-East", "", "NONE", 2), ("EAST", "East", "", "NONE", 3),
                   ("SOUTH_EAST", "South-East", "", "NONE", 4), ("SOUTH", "South", "", "NONE", 5), ("SOUTH_WEST", "South-West", "", "NONE", 6),
                   ("WEST", "West", "", "NONE", 7), ("NORTH_WEST", "North-West", "", "NONE", 8)]
DIRECTION_NAMES = {item[0] for item in DIRECTION_ITEMS}


def type_property(name):
    """A property that holds a key, a button or another event."""
    return EnumProperty(name=name, items=TYPE_ITEMS, default="NONE")


def value_property(name):
    """What is done with the key."""
    return EnumProperty(name=name, items=VALUE_ITEMS, default="NOTHING")


def direction_property(name):
    """Where a drag goes."""
    return EnumProperty(name=name, items=DIRECTION_ITEMS, default="ANY")
