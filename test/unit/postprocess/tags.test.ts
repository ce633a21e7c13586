import { check } from './cases';

const language = 'typescriptreact';

describe('a suggestion and the tags around it', () => {
	check([
		{
			it: 'ends before a closing tag that stands further below',
			at: '<View>\n\t‸\n\t<b />\n</View>',
			says: '<Text>a</Text>\n</View>',
			becomes: '<View>\n\t<Text>a</Text>\n\t<b />\n</View>',
			language,
			fired: ['cutClosedTags'],
		},
		{
			it: 'ends before it in the same line too',
			at: '<View>\n\t‸\n\t<b />\n</View>',
			says: '<Text>a</Text></View>',
			becomes: '<View>\n\t<Text>a</Text>\n\t<b />\n</View>',
			language,
		},
		{
			it: 'closes its own and not the one around it',
			at: '<View>\n\t<Text>‸\n</View>',
			says: 'a</Text></View>',
			becomes: '<View>\n\t<Text>a</Text>\n</View>',
			language,
		},
		{
			it: 'closes what nothing below closes',
			at: '<View>\n\t<Text>a‸\n\t<b />\n</View>',
			says: '</Text>',
			becomes: '<View>\n\t<Text>a</Text>\n\t<b />\n</View>',
			language,
		},
		{
			it: 'closes what has the name of the one around it',
			at: '<ul>\n\t<ul>\n\t\t<li>a</li>‸\n</ul>',
			says: '\n\t</ul>',
			becomes: '<ul>\n\t<ul>\n\t\t<li>a</li>\n\t</ul>\n</ul>',
			language: 'html',
		},
		{
			it: 'knows elements without an end, attributes with arrows and elements that end themselves',
			at: '<p onClick={() => a > b}>\n\t<br>\n\t<img src="a">\n\t<b/>‸\n\tc\n</p>',
			says: '\n\td\n</p>',
			becomes: '<p onClick={() => a > b}>\n\t<br>\n\t<img src="a">\n\t<b/>\n\td\n\tc\n</p>',
			language,
		},
		{
			it: 'takes no type argument for a tag',
			at: 'const a: Map<string> = b;\nreturn <p>\n\t‸\n\tc\n</p>',
			says: 'd</p>',
			becomes: 'const a: Map<string> = b;\nreturn <p>\n\td\n\tc\n</p>',
			language,
		},
		{
			it: 'is left alone where there are no tags',
			at: 'a = ‸\nb\n</p>',
			says: 'x</p>',
			becomes: 'a = x</p>\nb\n</p>',
			language: 'typescript',
		},
	]);
});
